package io.fieldgate.shell;

import java.io.InputStream;
import java.io.PrintStream;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs commands with Gogo, each in a session of its own. Safe for use by many threads. */
final class Interpreter {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int UNKNOWN_COMMAND = 127;

    private static final Logger LOG = LoggerFactory.getLogger(Interpreter.class);

    private final Slot<CommandProcessor> processor;

    Interpreter(Slot<CommandProcessor> processor) {
        this.processor = processor;
    }

    /**
     * Runs a command and returns when it has ended.
     *
     * @param request the command
     * @param out where its output and result go
     * @param err where a line goes that says why it failed
     * @return the exit status
     */
    int run(Request request, PrintStream out, PrintStream err) {
        CommandProcessor gogo = processor.get().orElse(null);
        if (gogo == null) {
            err.println("no command can run: " + processor.missing());
            return FAILED;
        }
        try (CommandSession session = gogo.createSession(InputStream.nullInputStream(), out, err)) {
            // A * is for the command, not for file names.
            session.put(CommandSession.OPTION_NO_GLOB, true);
            session.put("SCOPE", "fg:felix:*");
            session.put("COLUMNS", request.columns());
            Object result = session.execute(request.command());
            if (result != null) {
                String text = session.format(result, Converter.INSPECT).toString();
                out.print(text.endsWith("\n") ? text : text + '\n');
            }
            return OK;
        } catch (CommandNotFoundException e) {
            err.println("unknown command " + Table.printable(e.getCommand()) + ": help lists them all");
            return UNKNOWN_COMMAND;
        } catch (Exception e) { // whatever a command throws is its answer
            LOG.debug("a command of the shell failed", e);
            err.println(line(e));
            return FAILED;
        }
    }

    private static String line(Exception failure) {
        String text = failure.getMessage();
        return text == null || text.isBlank()
                ? failure.getClass().getSimpleName()
                : Table.printable(text.lines().findFirst().orElse(""));
    }
}
