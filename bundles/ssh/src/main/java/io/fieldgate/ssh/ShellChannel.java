package io.fieldgate.ssh;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.PtyMode;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;

/** A session of RFC 4254, 6, with a shell or a command and nothing else. */
final class ShellChannel extends ChannelSession {

    /** What the shell takes for the type of a terminal. */
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9._+-]{1,64}");

    private static final int SIZE_MAX = 9_999;

    private volatile Optional<Size> size = Optional.empty();
    private volatile String terminal = "dumb";
    private volatile Consumer<Size> resized = ignored -> {};

    /**
     * A terminal's size in characters.
     *
     * @param columns 0 if it is not known
     * @param rows 0 if it is not known
     */
    record Size(int columns, int rows) {

        /** No terminal. */
        static final Size NONE = new Size(0, 0);

        Size {
            columns = Math.min(Math.max(columns, 0), SIZE_MAX);
            rows = Math.min(Math.max(rows, 0), SIZE_MAX);
        }

        /** As the shell's protocol has it. */
        @Override
        public String toString() {
            return columns + " " + rows;
        }
    }

    /** Makes the channels of a connection. */
    static final class Factory extends ChannelSessionFactory {

        @Override
        public Channel createChannel(Session session) {
            return new ShellChannel();
        }
    }

    /** Whether the client has asked for a terminal. */
    boolean hasTerminal() {
        return size.isPresent();
    }

    /** The size of the client's terminal now. */
    Size size() {
        return size.orElse(Size.NONE);
    }

    /** The type of the client's terminal. */
    String terminalType() {
        return terminal;
    }

    /** Tells of each change of the size from now on, on a thread of the library's that must not wait. */
    void onResize(Consumer<Size> listener) {
        resized = listener;
    }

    @Override
    protected RequestHandler.Result handlePtyReqParsed(
            String term, int columns, int rows, int width, int height, Map<PtyMode, Integer> modes) {
        terminal = TYPE.matcher(term).matches() ? term : "dumb";
        size = Optional.of(new Size(columns, rows));
        return RequestHandler.Result.ReplySuccess;
    }

    @Override
    protected RequestHandler.Result handleWindowChangeParsed(int columns, int rows, int width, int height) {
        Size now = new Size(columns, rows);
        size = Optional.of(now);
        resized.accept(now);
        return RequestHandler.Result.ReplySuccess;
    }

    @Override
    protected RequestHandler.Result handleEnv(Buffer request, boolean wantsReply) {
        return RequestHandler.Result.ReplyFailure;
    }

    @Override
    protected RequestHandler.Result handleSubsystem(String kind, Buffer request, boolean wantsReply) {
        return RequestHandler.Result.ReplyFailure;
    }

    @Override
    protected RequestHandler.Result handleAgentForwarding(String kind, Buffer request, boolean wantsReply) {
        return RequestHandler.Result.ReplyFailure;
    }

    @Override
    protected RequestHandler.Result handleX11Forwarding(String kind, Buffer request, boolean wantsReply) {
        return RequestHandler.Result.ReplyFailure;
    }
}
