package io.fieldgate.itest.malformed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Plays a case on a connection of its own and fails unless what the gateway does is right.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class Player {

    /** Far more than an answer takes, even on a busy machine. */
    private static final int PATIENCE_MILLIS = 60_000;

    /** Clients come from as many addresses, lest ports run short that wait for the end of an old connection. */
    private static final int ADDRESSES = 200;

    private final InetSocketAddress gateway;

    Player(URI gateway) {
        this.gateway = new InetSocketAddress(gateway.getHost(), gateway.getPort());
    }

    void play(Case one) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setReuseAddress(true);
            byte[] from = {127, 0, 0, (byte) (2 + one.number() % ADDRESSES)};
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(from), 0));
            socket.connect(gateway, PATIENCE_MILLIS);
            Heard heard = new Heard(new BufferedInputStream(socket.getInputStream()));
            if (handshake(one, socket, heard) == 101) {
                frames(one, socket, heard);
            }
        }
    }

    /** Returns the status, {@link Case#SILENCE} if there was none. */
    private static int handshake(Case one, Socket socket, Heard heard) throws IOException {
        Head head;
        boolean over = one.pieces().isEmpty();
        try {
            byte[] early = one.early() ? one.pieces().get(0) : new byte[0];
            socket.getOutputStream().write(Frames.joined(one.request(), early));
            if (over && end(one, socket)) {
                return Case.SILENCE;
            }
            head = heard.head();
        } catch (SocketException e) {
            head = new Head(List.of());
        }
        int status = head.lines().isEmpty() ? Case.SILENCE : head.status();
        check(
                one.statuses().contains(status),
                "answered with " + status + " instead of " + one.statuses() + ": " + head);
        if (status != Case.SILENCE) {
            check(one.headRule().test(head), "answered with a wrong head: " + head);
            if (status != 101) {
                refusal(one, status, head, heard);
            }
        }
        return status;
    }

    private static void refusal(Case one, int status, Head head, Heard heard) throws IOException {
        List<String> type = head.values("Content-Type");
        check(type.equals(List.of("application/problem+json")), "refused with " + type + ": " + head);
        check(status != 405 || head.values("Allow").equals(List.of("GET")), "405 without Allow: " + head);
        if (!(one.request()[0] == 'H')) {
            String body = heard.body(head.contentLength());
            check(body.contains("\"status\":" + status), "a refusal that says something else: " + body);
        }
    }

    private static void frames(Case one, Socket socket, Heard heard) throws IOException {
        byte[] sent = new byte[0];
        for (int i = 0; i < one.pieces().size(); i++) {
            if (i > 0 || !one.early()) {
                socket.getOutputStream().write(one.pieces().get(i));
            }
            sent = Frames.joined(sent, one.pieces().get(i));
            if (one.calm()) {
                awaitAnswers(one, sent, heard);
            }
        }
        if (!one.pieces().isEmpty() && end(one, socket)) {
            return;
        }
        while (heard.frame()) {}
        judge(one, sent, heard);
    }

    private static void awaitAnswers(Case one, byte[] sent, Heard heard) throws IOException {
        Referee.Verdict owed = Referee.judge(one.rules().orElseThrow(), sent);
        boolean open = owed.codes().equals(Set.of(0));
        while (open
                && (heard.echoes().size() < owed.echoes().size()
                        || heard.pongs().size() < owed.pongs().size())) {
            check(heard.frame(), "the connection has ended before the answers were there");
        }
    }

    private static void judge(Case one, byte[] sent, Heard heard) {
        if (one.rules().isEmpty()) {
            return;
        }
        Referee.Verdict owed = Referee.judge(one.rules().get(), sent);
        check(
                owed.codes().contains(heard.code()),
                "closed with " + heard.code() + " instead of " + owed.codes() + " (0 is without a close frame)");
        check(heard.pongs().equals(owed.pongs()), "pongs " + heard.pongs() + " instead of " + owed.pongs());
        check(
                heard.echoes().size() <= owed.echoes().size()
                        && heard.echoes()
                                .equals(owed.echoes().subList(0, heard.echoes().size())),
                "echoes " + heard.echoes() + " instead of " + owed.echoes());
    }

    /** Ends the connection as the case has it; true if there is nothing more to hear. */
    private static boolean end(Case one, Socket socket) throws IOException {
        switch (one.ending()) {
            case RESET -> socket.setSoLinger(true, 0);
            case HALF_CLOSE -> socket.shutdownOutput();
            default -> {}
        }
        return one.ending() == Ending.RESET;
    }

    private static void check(boolean right, String wrong) {
        if (!right) {
            throw new AssertionError(wrong);
        }
    }
}
