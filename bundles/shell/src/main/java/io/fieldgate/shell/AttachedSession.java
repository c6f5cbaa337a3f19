package io.fieldgate.shell;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.felix.service.command.CommandProcessor;
import org.jline.terminal.Terminal.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A terminal that is attached: line after line is read, run, and its output shown. Nothing else in this bundle leads to the
 * line editor's classes, so they are not loaded before the first terminal comes.
 *
 * <p><b>Threading.</b> {@link #run} has a thread of its own and {@link #listen} another; {@link #interrupt} can be called by any.
 */
final class AttachedSession implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(AttachedSession.class);

    private final ShellServer server;
    private final CommandProcessor processor;
    private final ShellTerminal terminal;
    private final CommandSessions commands;
    private final Pager pager;
    private final LineEditor editor;
    private volatile boolean hungUp;
    private volatile String complaint = "";

    private AttachedSession(
            ShellServer server, CommandProcessor processor, Caller caller, ShellTerminal terminal, WindowSize size) {
        this.server = server;
        this.processor = processor;
        this.terminal = terminal;
        pager = new Pager(terminal, this::isLive, this::interrupt);
        Client client = new Client(caller, new PasswordPrompt(terminal));
        commands = new CommandSessions(server.interpreter(), processor, client, terminal.input(), pager, size);
        editor = new LineEditor(
                terminal, new CommandCompleter(commands::commands, server.completions()), server.history());
        terminal.handle(Signal.INT, signal -> interrupt());
    }

    /**
     * Makes a terminal for a client.
     *
     * @param server what it shares with the others
     * @param name of its threads
     * @param request what the client has said of it
     * @param screen where what is to be seen goes
     * @throws IllegalStateException if no commands can be run now, with a line that says why
     */
    static AttachedSession open(ShellServer server, String name, Request.Attach request, OutputStream screen)
            throws IOException {
        Interpreter interpreter = server.interpreter();
        CommandProcessor processor =
                interpreter.processor().orElseThrow(() -> new IllegalStateException(interpreter.missing()));
        WindowSize size = request.size().drawable();
        ShellTerminal terminal = new ShellTerminal(name, request.terminal(), screen, size);
        return new AttachedSession(server, processor, request.caller(), terminal, size);
    }

    /**
     * Serves the terminal until {@code exit}, Ctrl-D, or until it has gone.
     *
     * @return the exit status
     * @throws IllegalArgumentException if the client has sent what it may not, with a line that says so
     */
    int run() throws IOException {
        while (!hungUp && !commands.hasExited()) {
            if (interpreterHasGone()) {
                throw new IllegalStateException(server.interpreter().missing());
            }
            Optional<String> line = editor.read();
            if (line.isEmpty()) {
                break;
            }
            run(line.orElseThrow());
        }
        if (!complaint.isEmpty()) {
            throw new IllegalArgumentException(complaint);
        }
        return Interpreter.OK;
    }

    /**
     * Takes what the client sends, until it sends no more.
     *
     * @param input what it sends
     * @param gone is run when it has gone
     */
    void listen(ClientInput input, Runnable gone) {
        try {
            for (Optional<ClientFrame> next = ClientFrame.read(input);
                    next.isPresent();
                    next = ClientFrame.read(input)) {
                take(next.orElseThrow());
            }
        } catch (IllegalArgumentException e) {
            complaint = e.getMessage();
        } catch (IOException e) {
            LOG.debug("the client of a terminal has gone", e);
        }
        hangUp();
        gone.run();
    }

    /** Interrupts the command that runs, if there is one. */
    void interrupt() {
        commands.interrupt();
    }

    @Override
    public void close() throws IOException {
        commands.close();
        terminal.close();
    }

    private void take(ClientFrame frame) throws IOException {
        if (frame.type() == ClientFrame.TYPED) {
            terminal.typed(frame.payload().array());
        } else {
            WindowSize size = WindowSize.of(
                            StandardCharsets.US_ASCII.decode(frame.payload()).toString())
                    .drawable();
            commands.resize(size);
            terminal.resize(size);
        }
    }

    private void run(String line) throws IOException {
        if (line.getBytes(StandardCharsets.UTF_8).length > Request.COMMAND_MAX) {
            show("a command has at most " + Request.COMMAND_MAX + " bytes\n");
            return;
        }
        ByteArrayOutputStream failure = new ByteArrayOutputStream();
        pager.begin();
        commands.run(line, new PrintStream(failure, true, StandardCharsets.UTF_8), () -> !pager.hasQuit() && !hungUp);
        pager.end();
        if (!pager.hasQuit()) {
            show(failure.toString(StandardCharsets.UTF_8));
        }
        Thread.interrupted();
    }

    private void show(String failure) throws IOException {
        if (!failure.isEmpty()) {
            String shown = terminal.isDumb() ? failure : "\033[31m" + failure + "\033[0m";
            terminal.output().write(shown.getBytes(StandardCharsets.UTF_8));
        }
    }

    private boolean interpreterHasGone() {
        return server.interpreter().processor().filter(now -> now == processor).isEmpty();
    }

    private boolean isLive() {
        return commands.isLive();
    }

    private void hangUp() {
        hungUp = true;
        try {
            terminal.close();
        } catch (IOException e) {
            LOG.debug("a terminal was not closed in order", e);
        }
    }
}
