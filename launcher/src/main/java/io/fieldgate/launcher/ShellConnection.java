package io.fieldgate.launcher;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A connection to the gateway's shell. The gateway sends frames, each of one byte of type, four bytes of length (big-endian) and the
 * payload: {@code o} for output, {@code e} for errors, and at last {@code x}, whose payload is the exit status as decimal digits.
 *
 * <p><b>Threading.</b> One thread receives, and one at a time sends.
 */
final class ShellConnection implements Closeable {

    static final byte OUTPUT = 'o';
    static final byte ERROR = 'e';
    static final byte EXIT = 'x';

    private static final int HEADER_BYTES = 5;
    private static final int FRAME_MAX_BYTES = 16 * 1024 * 1024;

    private final SocketChannel channel;

    private ShellConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * What the gateway has sent.
     *
     * @param type {@link #OUTPUT}, {@link #ERROR} or {@link #EXIT}
     * @param payload the rest
     */
    record Frame(byte type, ByteBuffer payload) {

        /** The payload of the last frame. */
        int status() throws CommandFailure {
            String digits =
                    StandardCharsets.US_ASCII.decode(payload.duplicate()).toString();
            try {
                return Integer.parseInt(digits);
            } catch (NumberFormatException e) {
                throw new CommandFailure(ExitStatus.FAILED, "the gateway's shell sent the status '" + digits + "'", e);
            }
        }
    }

    /**
     * Connects to the gateway on a home.
     *
     * @throws CommandFailure if it has no shell, or the shell does not answer
     */
    static ShellConnection to(Home home) throws CommandFailure, IOException {
        Path socket = socket(home);
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new ShellConnection(channel);
        } catch (IOException e) {
            channel.close();
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    "the gateway on " + home + " does not answer at " + socket + ": " + e.getMessage(),
                    e);
        }
    }

    /** The gateway says where its socket is: the path of one has at most 107 bytes, which a home's own may exceed. */
    private static Path socket(Home home) throws CommandFailure, IOException {
        Path file = home.data().resolve("shell.path");
        if (!Files.exists(file)) {
            throw new CommandFailure(ExitStatus.FAILED, "the gateway on " + home + " has no shell, or not yet");
        }
        return Path.of(Files.readString(file).strip());
    }

    /** Sends a text in UTF-8. */
    void send(String text) throws IOException {
        send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends a frame of what is left in a buffer. */
    void send(char type, ByteBuffer payload) throws IOException {
        send(ByteBuffer.allocate(HEADER_BYTES + payload.remaining())
                .put((byte) type)
                .putInt(payload.remaining())
                .put(payload)
                .flip());
    }

    /** Says that no more will be sent. */
    void end() throws IOException {
        channel.shutdownOutput();
    }

    /**
     * Waits for the next frame.
     *
     * @throws CommandFailure if the gateway breaks off, or sends what makes no sense
     */
    Frame receive() throws CommandFailure, IOException {
        ByteBuffer header = receive(HEADER_BYTES);
        byte type = header.get();
        if (type != OUTPUT && type != ERROR && type != EXIT) {
            throw new CommandFailure(ExitStatus.FAILED, "the gateway's shell speaks another version of the protocol");
        }
        int length = header.getInt();
        if (length < 0 || length > FRAME_MAX_BYTES) {
            throw new CommandFailure(ExitStatus.FAILED, "the gateway's shell sent a frame of " + length + " bytes");
        }
        return new Frame(type, receive(length));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private ByteBuffer receive(int length) throws CommandFailure, IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new CommandFailure(ExitStatus.FAILED, "the gateway has closed its shell");
            }
        }
        return bytes.flip();
    }
}
