package io.fieldgate.itest.attack;

import io.fieldgate.itest.malformed.Head;
import io.fieldgate.itest.malformed.Heard;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Somebody at an address of its own, so that what counts by address counts for it alone. */
public final class Attacker {

    private static final int PATIENCE_MILLIS = 20_000;

    /** What would tell a stranger how the gateway is made. */
    private static final Pattern INSIDES =
            Pattern.compile("io\\.fieldgate|org\\.(eclipse|apache|osgi)|java\\.|Exception|\\bat \\w+\\.\\w+");

    private final InetSocketAddress gateway;
    private final byte[] address;

    /** @param number less than 250; another number is another address */
    public Attacker(URI gateway, int number) {
        this.gateway = new InetSocketAddress(gateway.getHost(), gateway.getPort());
        address = new byte[] {127, 0, 1, (byte) (1 + number)};
    }

    /** Connects. */
    public Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(address), 0));
        socket.connect(gateway, PATIENCE_MILLIS);
        return socket;
    }

    /** Sends characters that are bytes, and returns every answer until the gateway closes the connection, which it must. */
    public List<Reply> send(String text) throws IOException {
        try (Socket socket = connect()) {
            Heard heard = new Heard(new BufferedInputStream(socket.getInputStream()));
            List<Reply> replies = new ArrayList<>();
            try {
                socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                for (Head head = heard.head(); !head.lines().isEmpty(); head = heard.head()) {
                    replies.add(reply(head, heard));
                }
            } catch (SocketException e) {
                // It is refused before all of it was sent; what came before that counts.
            }
            return replies;
        }
    }

    /** Sends one request of a head without {@code Host}, and returns its answer. */
    public Reply ask(String lines) throws IOException {
        List<Reply> replies = send(lines + "\r\nHost: " + host() + "\r\nConnection: close\r\n\r\n");
        if (replies.size() != 1) {
            throw new AssertionError(replies.size() + " answers to one request: " + replies);
        }
        return replies.get(0);
    }

    /** What the header {@code Host} should say. */
    public String host() {
        return gateway.getHostString() + ':' + gateway.getPort();
    }

    private static Reply reply(Head head, Heard heard) throws IOException {
        boolean bodiless = head.status() == 304 || head.status() == 204;
        Reply reply = new Reply(head.status(), head, bodiless ? "" : heard.body(head.contentLength()));
        if (head.status() >= 400
                && (INSIDES.matcher(reply.body()).find()
                        || !head.values("Server").isEmpty())) {
            throw new AssertionError("tells of its insides: " + reply);
        }
        return reply;
    }

    /**
     * An answer.
     *
     * @param status of the head
     * @param head status line and headers
     * @param body all of it
     */
    public record Reply(int status, Head head, String body) {}
}
