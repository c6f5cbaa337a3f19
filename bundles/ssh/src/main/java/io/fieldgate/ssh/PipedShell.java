package io.fieldgate.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.sshd.server.channel.PipeDataReceiver;

/**
 * {@code ssh -T HOST}: each line of the input as a command of its own, as {@code fieldgate shell} does it: up to the first that fails,
 * whose status counts.
 */
final class PipedShell extends ShellCommand {

    /** As long as the shell takes a command. */
    static final int LINE_MAX = 64 * 1024;

    private final InputStream lines;

    PipedShell(Path home, OpenCommands open, ShellChannel channel) {
        super(home, open, channel);
        PipeDataReceiver receiver = new PipeDataReceiver(channel, channel.getLocalWindow());
        channel.setDataReceiver(receiver);
        lines = receiver.getIn();
    }

    @Override
    int serve() throws IOException {
        int number = 0;
        for (Optional<String> line = next(); line.isPresent(); line = next()) {
            number++;
            int status = line.get().isBlank() ? 0 : runOne(line.get());
            if (status != 0) {
                line("line " + number + " failed, the rest was not run");
                return status;
            }
        }
        return 0;
    }

    /** The next line without its end; nothing when there is no more. */
    private Optional<String> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = lines.read();
        while (next >= 0 && next != '\n') {
            if (line.size() == LINE_MAX) {
                throw new ShellFailure("a line has more than " + LINE_MAX + " bytes");
            }
            line.write(next);
            next = lines.read();
        }
        return next < 0 && line.size() == 0
                ? Optional.empty()
                : Optional.of(line.toString(StandardCharsets.UTF_8).stripTrailing());
    }
}
