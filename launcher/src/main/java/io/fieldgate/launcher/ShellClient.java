package io.fieldgate.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The client's side of the gateway's shell, one connection for each command.
 *
 * <p>It sends the line {@code RUN <columns>}, the command in UTF-8, and closes its side. The gateway sends frames, each of one byte
 * of type, four bytes of length (big-endian) and the payload: {@code o} for standard output, {@code e} for standard error, and at last
 * {@code x}, whose payload is the exit status as decimal digits.
 */
final class ShellClient {

    /** System property: the width of the terminal. */
    static final String COLUMNS = "fieldgate.columns";

    private static final int HEADER_BYTES = 5;
    private static final int FRAME_MAX_BYTES = 16 * 1024 * 1024;

    private final Home home;
    private final OutputStream out;
    private final OutputStream err;
    private final int columns;

    ShellClient(Home home, OutputStream out, OutputStream err, int columns) {
        this.home = home;
        this.out = out;
        this.err = err;
        this.columns = columns;
    }

    /** The width of the terminal; 0 if there is none. */
    static int columns() {
        return Integer.getInteger(COLUMNS, 0);
    }

    /**
     * Runs one command, and passes on what it prints while it does.
     *
     * @return its exit status
     * @throws CommandFailure if the gateway has no shell, or it breaks off
     */
    int run(String command) throws CommandFailure, IOException {
        try (SocketChannel channel = connect()) {
            send(channel, ByteBuffer.wrap(("RUN " + columns + "\n" + command).getBytes(StandardCharsets.UTF_8)));
            channel.shutdownOutput();
            while (true) {
                ByteBuffer header = ByteBuffer.wrap(receive(channel, HEADER_BYTES));
                byte type = header.get();
                byte[] payload = receive(channel, checked(header.getInt()));
                switch (type) {
                    case 'o' -> print(out, payload);
                    case 'e' -> print(err, payload);
                    case 'x' -> {
                        return status(payload);
                    }
                    default ->
                        throw new CommandFailure(
                                ExitStatus.FAILED, "the gateway's shell speaks another version of the protocol");
                }
            }
        }
    }

    private SocketChannel connect() throws CommandFailure, IOException {
        Path socket = socket();
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    "the gateway on " + home + " does not answer at " + socket + ": " + e.getMessage(),
                    e);
        }
    }

    /** The gateway says where its socket is: the path of one has at most 107 bytes, which a home's own may exceed. */
    private Path socket() throws CommandFailure, IOException {
        Path file = home.data().resolve("shell.path");
        if (!Files.exists(file)) {
            throw new CommandFailure(ExitStatus.FAILED, "the gateway on " + home + " has no shell, or not yet");
        }
        return Path.of(Files.readString(file).strip());
    }

    private static void send(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static byte[] receive(SocketChannel channel, int length) throws CommandFailure, IOException {
        byte[] payload = new byte[length];
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new CommandFailure(ExitStatus.FAILED, "the gateway has closed its shell");
            }
        }
        return payload;
    }

    private static int checked(int length) throws CommandFailure {
        if (length < 0 || length > FRAME_MAX_BYTES) {
            throw new CommandFailure(ExitStatus.FAILED, "the gateway's shell sent a frame of " + length + " bytes");
        }
        return length;
    }

    private static void print(OutputStream stream, byte[] payload) throws IOException {
        stream.write(payload);
        stream.flush();
    }

    private static int status(byte[] payload) throws CommandFailure {
        String digits = new String(payload, StandardCharsets.US_ASCII);
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new CommandFailure(ExitStatus.FAILED, "the gateway's shell sent the status '" + digits + "'", e);
        }
    }
}
