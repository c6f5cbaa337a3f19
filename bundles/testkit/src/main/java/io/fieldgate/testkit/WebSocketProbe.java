package io.fieldgate.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Optional;

/**
 * A WebSocket client that does what it is told: any header, any bytes, half a frame, silence. By itself it answers nothing but pings,
 * and those only while it waits for a text or a close frame. Steps can be written one behind the other:
 *
 * <pre>{@code
 * WebSocketProbe.open(gateway.uri(), "/echo").send("a").expect("a").send(Frame.close(1000)).expectClose(1000);
 * }</pre>
 *
 * <p>What it waits for comes within {@link #PATIENCE} or the wait ends with a {@link SocketTimeoutException}.
 *
 * <p><b>Threading.</b> Used by one thread at a time.
 */
public final class WebSocketProbe implements AutoCloseable {

    /** How long it waits unless told otherwise: 10 s. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Socket socket;
    private final ReadableByteChannel in;
    private final OutputStream out;
    private final Answer answer;
    private final Incoming unread = new Incoming();

    /**
     * What the server said to the request.
     *
     * @param status the status code
     * @param head status line and headers
     * @param body what came with a refusal, as far as it has arrived by the time the head was read whole
     */
    public record Answer(int status, String head, String body) {

        /**
         * A header of the answer.
         *
         * @param name its name, in any case
         * @return its value, the first if there are several; empty if there is none
         */
        public Optional<String> header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).trim())
                    .findFirst();
        }
    }

    private WebSocketProbe(Upgrade upgrade, int receiveBuffer) throws IOException {
        Socket plain = new Socket();
        try {
            if (receiveBuffer > 0) {
                plain.setReceiveBufferSize(receiveBuffer);
            }
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(upgrade.host(), upgrade.port()), (int) PATIENCE.toMillis());
            socket = upgrade.tls().isEmpty()
                    ? plain
                    : upgrade.tls().get().getSocketFactory().createSocket(plain, upgrade.host(), upgrade.port(), true);
            in = Channels.newChannel(socket.getInputStream());
            out = socket.getOutputStream();
            out.write(upgrade.request());
            answer = readAnswer();
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /**
     * Comes in at a path.
     *
     * @param gateway address of the gateway, {@code http://host:port/}
     * @param path the path
     * @return an open connection
     * @throws AssertionError if the gateway does not let it in
     * @throws IOException if the connection breaks
     */
    public static WebSocketProbe open(URI gateway, String path) throws IOException {
        return open(Upgrade.to(gateway, path));
    }

    /**
     * Comes in with a request of one's own.
     *
     * @param upgrade the request
     * @return an open connection
     * @throws AssertionError if the gateway does not let it in
     * @throws IOException if the connection breaks
     */
    public static WebSocketProbe open(Upgrade upgrade) throws IOException {
        return open(upgrade, 0);
    }

    /**
     * Comes in with a small receive buffer, so that the gateway soon feels it when nobody reads here.
     *
     * @param upgrade the request
     * @param receiveBuffer bytes; the system may take more
     * @return an open connection
     * @throws AssertionError if the gateway does not let it in
     * @throws IOException if the connection breaks
     */
    public static WebSocketProbe open(Upgrade upgrade, int receiveBuffer) throws IOException {
        WebSocketProbe probe = new WebSocketProbe(upgrade, receiveBuffer);
        if (probe.answer.status() != Incoming.SWITCHING_PROTOCOLS) {
            probe.close();
            throw new AssertionError("expected 101, got " + probe.answer);
        }
        return probe;
    }

    /**
     * Asks to come in, and leaves.
     *
     * @param upgrade the request
     * @return what was said to it
     * @throws IOException if the connection breaks
     */
    public static Answer ask(Upgrade upgrade) throws IOException {
        try (WebSocketProbe probe = new WebSocketProbe(upgrade, 0)) {
            return probe.answer;
        }
    }

    /**
     * What the gateway said when it let this client in.
     *
     * @return an answer of status 101
     */
    public Answer answer() {
        return answer;
    }

    /**
     * Sends a text message. Waits as long as the peer does not read.
     *
     * @param text the text
     * @return this
     * @throws IOException if the connection has ended
     */
    public WebSocketProbe send(String text) throws IOException {
        return send(Frame.text(text));
    }

    /**
     * Sends a frame, masked. Waits as long as the peer does not read.
     *
     * @param frame the frame, right or wrong
     * @return this
     * @throws IOException if the connection has ended
     */
    public WebSocketProbe send(Frame frame) throws IOException {
        raw(frame.masked());
        return this;
    }

    /**
     * Sends bytes as they are. Waits as long as the peer does not read.
     *
     * @param bytes any bytes
     * @throws IOException if the connection has ended
     */
    public void raw(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /**
     * Waits for the next message, which must be a text in one frame.
     *
     * @return the text
     * @throws AssertionError if something else comes
     * @throws SocketTimeoutException if nothing comes in time
     * @throws EOFException if the connection ends before
     * @throws IOException if the connection breaks
     */
    public String text() throws IOException {
        Frame frame = nextButPing(System.nanoTime() + PATIENCE.toNanos());
        if (frame.opcode() != Frame.TEXT || !frame.fin()) {
            throw new AssertionError("expected a text, got opcode " + frame.opcode() + ", close code "
                    + (frame.opcode() == Frame.CLOSE ? frame.closeCode() + " " + frame.text() : "none"));
        }
        return frame.text();
    }

    /**
     * Waits for the next message and fails unless it is this text.
     *
     * @param text what must come
     * @return this
     * @throws AssertionError if something else comes
     * @throws IOException as {@link #text()}
     */
    public WebSocketProbe expect(String text) throws IOException {
        String came = text();
        if (!came.equals(text)) {
            throw new AssertionError("expected \"" + text + "\", got \"" + came + '"');
        }
        return this;
    }

    /**
     * Sends a text and waits for the next one that comes.
     *
     * @param text what to send
     * @return what came, as {@link #text()}
     * @throws IOException as {@link #text()}
     */
    public String ask(String text) throws IOException {
        send(text);
        return text();
    }

    /**
     * Reads frames until the close frame.
     *
     * @param limit how long to wait for it
     * @return its code
     * @throws SocketTimeoutException if it does not come in time
     * @throws EOFException if the connection ends before
     * @throws IOException if the connection breaks
     */
    public int closeCode(Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Frame frame = nextButPing(end);
            if (frame.opcode() == Frame.CLOSE) {
                return frame.closeCode();
            }
        }
    }

    /**
     * Reads frames until the close frame.
     *
     * @return its code
     * @throws IOException as {@link #closeCode(Duration)}
     */
    public int closeCode() throws IOException {
        return closeCode(PATIENCE);
    }

    /**
     * Waits for the close frame and fails unless it has this code. Other frames before it are skipped.
     *
     * @param code for example 1012 (RFC 6455, 7.4.1)
     * @throws AssertionError if it has another
     * @throws IOException as {@link #closeCode(Duration)}
     */
    public void expectClose(int code) throws IOException {
        int came = closeCode();
        if (came != code) {
            throw new AssertionError("expected to be closed with " + code + ", was closed with " + came);
        }
    }

    /**
     * Fails if anything comes, or the connection ends, within the time.
     *
     * @param time how long to listen; this always waits so long
     * @throws AssertionError if something comes, be it a ping
     * @throws IOException if the connection ends
     */
    public void expectSilence(Duration time) throws IOException {
        try {
            throw new AssertionError("expected silence, got " + next(time).text());
        } catch (SocketTimeoutException e) {
            // as it should be
        }
    }

    /**
     * Waits for the next frame, be it a ping, which is not answered.
     *
     * @param limit how long to wait for it
     * @return the frame
     * @throws SocketTimeoutException if it does not come in time
     * @throws EOFException if the connection ends before
     * @throws IOException if the connection breaks
     */
    public Frame next(Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<Frame> frame = unread.frame();
            if (frame.isPresent()) {
                return frame.get();
            }
            read(end);
        }
    }

    private Frame nextButPing(long end) throws IOException {
        while (true) {
            Frame frame = next(Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())));
            if (frame.opcode() != Frame.PING) {
                return frame;
            }
            send(frame.pong());
        }
    }

    /**
     * Ends the connection without a word: the peer sees a reset.
     *
     * @throws IOException if that fails
     */
    public void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Ends the connection without a close frame. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void read(long end) throws IOException {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("nothing came in time");
        }
        socket.setSoTimeout((int) left);
        if (unread.readFrom(in) < 0) {
            throw new EOFException("the gateway has ended the connection");
        }
    }

    private Answer readAnswer() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<String> head = unread.head();
            if (head.isPresent()) {
                return new Answer(Incoming.status(head.get()), head.get(), unread.text());
            }
            read(end);
        }
    }
}
