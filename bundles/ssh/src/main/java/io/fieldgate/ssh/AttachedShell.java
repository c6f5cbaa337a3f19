package io.fieldgate.ssh;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.sshd.server.channel.ChannelDataReceiver;
import org.apache.sshd.server.channel.ChannelSession;

/** {@code ssh HOST}: the interactive shell. The line editor is the shell's; only bytes and sizes pass here. */
final class AttachedShell extends ShellCommand implements ChannelDataReceiver {

    private final ShellLink link;

    AttachedShell(Path home, OpenCommands open, ShellChannel channel) throws IOException {
        super(home, open, channel);
        link = link("ATTACH " + channel.size() + " " + channel.terminalType() + "\n");
        channel.setDataReceiver(this);
        channel.onResize(link::resize);
    }

    /** The shell on the other side is a terminal's, and writes what one needs. */
    @Override
    boolean wantsReturns() {
        return false;
    }

    @Override
    int serve() throws IOException {
        return link.exchange(this, this::taken);
    }

    /** The client may send as much again. */
    private void taken(int bytes) {
        try {
            channel().getLocalWindow().release(bytes);
        } catch (IOException e) {
            hangUp();
        }
    }

    @Override
    public int data(ChannelSession session, byte[] bytes, int offset, int length) throws IOException {
        link.type(bytes, offset, length);
        return 0;
    }

    /** The client sends no more. Because of this bundle's own stop, that is no reason to hang up at once. */
    @Override
    public void close() {
        if (!isLeaving()) {
            link.end();
        }
    }
}
