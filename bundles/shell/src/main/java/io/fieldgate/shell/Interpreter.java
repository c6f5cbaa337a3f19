package io.fieldgate.shell;

import io.fieldgate.api.security.Audit;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.gogo.runtime.EOFError;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs commands with Gogo. Safe for use by many threads. */
final class Interpreter {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int UNKNOWN_COMMAND = 127;
    static final int INTERRUPTED = 130;

    /** Session variables: the size of the terminal, 0 if there is none. */
    static final String COLUMNS = "COLUMNS";

    static final String ROWS = "ROWS";

    private static final Logger LOG = LoggerFactory.getLogger(Interpreter.class);

    /** What Gogo says of a method that cannot be called with what was typed. */
    private static final Pattern MISMATCH = Pattern.compile("Cannot coerce (\\S+?)\\(.*", Pattern.DOTALL);

    private final Slot<CommandProcessor> processor;
    private final Slot<Audit> audit;

    Interpreter(Slot<CommandProcessor> processor, Slot<Audit> audit) {
        this.processor = processor;
        this.audit = audit;
    }

    /** What to say when no command can run. */
    String missing() {
        return "no command can run: " + processor.missing();
    }

    /** What runs commands now, or empty if there is nothing that does. */
    Optional<CommandProcessor> processor() {
        return processor.get();
    }

    /**
     * Runs one request in a session of its own and returns when it has ended.
     *
     * @param request the command
     * @param out where its output and results go
     * @param err where a line goes that says why it failed
     * @return the exit status
     */
    int run(Request.Run request, PrintStream out, PrintStream err) {
        CommandProcessor gogo = processor.get().orElse(null);
        if (gogo == null) {
            err.println(missing());
            return FAILED;
        }
        try (CommandSession session = gogo.createSession(InputStream.nullInputStream(), out, err)) {
            Client client = new Client(request.caller(), PasswordSource.of(request.secret()));
            prepare(session, client, request.size());
            return run(session, client.caller(), request.command(), out, err, () -> true);
        }
    }

    /** Sets the variables that every session has. */
    static void prepare(CommandSession session, Client client, WindowSize size) {
        client.join(session);
        // A * is for the command, not for file names.
        session.put(CommandSession.OPTION_NO_GLOB, true);
        session.put("SCOPE", "fg:felix:*");
        session.put(COLUMNS, size.columns());
        session.put(ROWS, size.rows());
    }

    /**
     * Runs statement after statement until one fails; of a caller that may not do everything, the one that there may be.
     *
     * @param session where they run
     * @param caller whose they are
     * @param text the statements
     * @param out where the result of each goes
     * @param err where a line goes that says why one failed
     * @param wanted whether the next one is to run
     * @return the exit status
     */
    int run(
            CommandSession session,
            Caller caller,
            String text,
            PrintStream out,
            PrintStream err,
            BooleanSupplier wanted) {
        try {
            for (String statement : statements(caller, text, out)) {
                if (!wanted.getAsBoolean()) {
                    return INTERRUPTED;
                }
                Object result = session.execute(statement);
                if (result != null) {
                    String shown = session.format(result, Converter.INSPECT).toString();
                    out.print(shown.endsWith("\n") ? shown : shown + '\n');
                }
            }
            return OK;
        } catch (RestrictedLine.Refused e) {
            Deed.record(audit, caller, "shell", e.command(), Audit.Outcome.REFUSED);
            err.println(e.getMessage());
            return FAILED;
        } catch (CommandNotFoundException e) {
            err.println("unknown command " + Table.printable(e.getCommand()) + ": help lists them all");
            return UNKNOWN_COMMAND;
        } catch (InterruptedException e) {
            LOG.debug("a command of the shell was interrupted", e);
            return INTERRUPTED;
        } catch (Exception e) { // whatever a command throws is its answer
            LOG.debug("a command of the shell failed", e);
            err.println(line(e));
            return FAILED;
        }
    }

    /** What Gogo is to run; what needs none of it is done already. */
    private static List<String> statements(Caller caller, String text, PrintStream out) throws RestrictedLine.Refused {
        if (!caller.restricted()) {
            return Statements.of(text);
        }
        RestrictedLine line = RestrictedLine.of(caller.role(), text);
        if (line.command().equals(RestrictedLine.HELP)) {
            out.println(String.join("\n", CommandRoles.of(caller.role())) + "\nhelp COMMAND explains one of them");
            return List.of();
        }
        return line.command().isEmpty() ? List.of() : List.of(line.statement());
    }

    private static String line(Exception failure) {
        if (failure instanceof EOFError) {
            return "the command is not complete: a quote or a bracket is not closed";
        }
        String text = failure.getMessage();
        Matcher mismatch = MISMATCH.matcher(String.valueOf(text));
        if (failure instanceof IllegalArgumentException && mismatch.matches()) {
            String name = Table.printable(mismatch.group(1));
            return name + ": these are not its arguments, or they name what is not there; help " + name
                    + " explains it";
        }
        return text == null || text.isBlank()
                ? failure.getClass().getSimpleName()
                : Table.printable(text.lines().findFirst().orElse(""));
    }
}
