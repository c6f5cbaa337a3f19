package io.fieldgate.ssh;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.sshd.server.channel.ChannelDataReceiver;
import org.apache.sshd.server.channel.ChannelSession;

/** {@code ssh HOST COMMAND}: one command of the shell's. What is typed is dropped, but Ctrl-C at a terminal breaks it off. */
final class SingleCommand extends ShellCommand implements ChannelDataReceiver {

    /** What a command line's own shell gives for Ctrl-C. */
    static final int INTERRUPTED = 130;

    private static final byte CTRL_C = 3;

    private final String command;
    private volatile boolean interrupted;

    SingleCommand(Path home, OpenCommands open, ShellChannel channel, String command) {
        super(home, open, channel);
        this.command = command;
        channel.setDataReceiver(this);
    }

    @Override
    int serve() throws IOException {
        try {
            return runOne(command);
        } catch (IOException e) {
            if (interrupted) {
                return INTERRUPTED;
            }
            throw e;
        }
    }

    @Override
    public int data(ChannelSession session, byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length && channel().hasTerminal(); i++) {
            if (bytes[i] == CTRL_C) {
                interrupted = true;
                hangUp();
            }
        }
        return length;
    }

    /** The client sends no more, which is nothing to a command that reads nothing. */
    @Override
    public void close() {}
}
