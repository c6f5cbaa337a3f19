package io.fieldgate.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Many clients of an echo that talk all the time: each sends a numbered text every 50 ms as long as fewer than four are
 * unanswered, and keeps account of what comes back.
 */
public final class TalkTraffic implements Traffic {

    private static final int WINDOW = 4;
    private static final int DIGITS = 10;

    /** What the clients send is spread evenly over turns of 5 ms, so that it comes as no burst. */
    private static final int TURNS = 10;

    private static final long TURN_NANOS = 5_000_000;

    private final long[] sent;
    private final long[] answered;
    private final long[][] sentAt;
    private List<Client> clients = List.of();
    private long nextTurnAt = System.nanoTime();
    private int turn;
    private long longestWait;
    private long lost;
    private long doubled;
    private long dropped;
    private boolean stopped;

    private TalkTraffic(int clients) {
        sent = new long[clients];
        answered = new long[clients];
        sentAt = new long[clients][WINDOW];
    }

    /**
     * Connects the clients.
     *
     * @param load what they belong to
     * @param path path of an echo
     * @param clients how many
     * @return the traffic, which begins with its first step
     * @throws IOException if a client is not let in
     */
    public static TalkTraffic start(Load load, String path, int clients) throws IOException {
        TalkTraffic traffic = new TalkTraffic(clients);
        traffic.clients = load.connect(clients, path, "", traffic);
        return traffic;
    }

    @Override
    public void step() throws IOException {
        long now = System.nanoTime();
        if (stopped || now < nextTurnAt) {
            return;
        }
        nextTurnAt = now + TURN_NANOS;
        for (int i = turn; i < clients.size(); i += TURNS) {
            Client client = clients.get(i);
            if (client.isOpen() && sent[i] - answered[i] < WINDOW) {
                send(client, now);
            }
        }
        turn = (turn + 1) % TURNS;
    }

    @Override
    public void received(Client client, ByteBuffer payload) throws IOException {
        int i = client.number();
        long number = Digits.get(payload, 0, DIGITS);
        if (number < answered[i]) {
            doubled++;
            return;
        }
        lost += number - answered[i];
        longestWait = Math.max(longestWait, System.nanoTime() - sentAt[i][(int) (number % WINDOW)]);
        answered[i] = number + 1;
    }

    @Override
    public void closed(Client client, String reason) {
        dropped++;
    }

    /** {@inheritDoc} Here it is the answers. */
    @Override
    public long count() {
        return LongStream.of(answered).sum();
    }

    /**
     * The longest wait for an answer since this was asked last; what is waited for now counts.
     *
     * @return nanoseconds
     */
    public long takeLongestWait() {
        long now = System.nanoTime();
        long longest = longestWait;
        longestWait = 0;
        for (Client client : clients) {
            int i = client.number();
            if (client.isOpen() && sent[i] > answered[i]) {
                longest = Math.max(longest, now - sentAt[i][(int) (answered[i] % WINDOW)]);
            }
        }
        return longest;
    }

    /**
     * How many messages have not come back.
     *
     * @return those that later ones have overtaken, and once all is done those that are still missing
     */
    public long lost() {
        return lost + (stopped ? LongStream.of(sent).sum() - count() : 0);
    }

    /**
     * How many messages have come back twice, or after a later one.
     *
     * @return a number that only grows
     */
    public long doubled() {
        return doubled;
    }

    /**
     * How many connections the server has closed.
     *
     * @return a number that only grows
     */
    public long dropped() {
        return dropped;
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public boolean isDone() {
        return clients.stream()
                .allMatch(client -> !client.isOpen() || sent[client.number()] == answered[client.number()]);
    }

    private void send(Client client, long now) throws IOException {
        int i = client.number();
        byte[] payload = new byte[DIGITS];
        Digits.put(payload, 0, DIGITS, sent[i]);
        sentAt[i][(int) (sent[i] % WINDOW)] = now;
        sent[i]++;
        client.send(Frames.masked(Frames.TEXT, payload));
    }
}
