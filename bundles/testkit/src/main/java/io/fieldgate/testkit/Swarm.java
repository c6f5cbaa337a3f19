package io.fieldgate.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Many clients that talk all the time, each at the {@link SwarmPace} it is given, and keep account of what comes back.
 *
 * <p><b>Threading.</b> Its connections are served by two threads of its own; it is used by one.
 */
public final class Swarm implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);

    private final List<SwarmLane> lanes;
    private Duration longestWait = Duration.ZERO;

    private Swarm(List<SwarmLane> lanes) {
        this.lanes = lanes;
        for (SwarmLane lane : lanes) {
            Thread thread = new Thread(lane, "swarm");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * Connects clients and has them talk.
     *
     * @param gateway address of the gateway, {@code http://host:port/}
     * @param path path of a handler that sends back each text
     * @param clients how many, at least 1
     * @return a swarm whose clients are all connected
     * @throws AssertionError if a client is not let in
     * @throws IOException if a socket cannot be made
     */
    public static Swarm talking(URI gateway, String path, int clients) throws IOException {
        return talking(gateway, path, clients, Conversation.echo());
    }

    /**
     * Connects clients and has them talk.
     *
     * @param gateway address of the gateway, {@code http://host:port/}
     * @param path path of a handler
     * @param clients how many, at least 1
     * @param conversation what they say to it
     * @return a swarm whose clients are all connected
     * @throws AssertionError if a client is not let in
     * @throws IOException if a socket cannot be made
     */
    public static Swarm talking(URI gateway, String path, int clients, Conversation conversation) throws IOException {
        return talking(Upgrade.to(gateway, path), clients, conversation, SwarmPace.STEADY);
    }

    /**
     * Connects clients with a request of one's own and has them talk. If they offer compression and it is agreed, they compress what they
     * send; if they speak TLS, they do so with the two threads too.
     *
     * @param upgrade the request of each; the conversation adds its subprotocol
     * @param clients how many, at least 1
     * @param conversation what they say
     * @param pace how fast they talk
     * @return a swarm whose clients are all connected
     * @throws AssertionError if a client is not let in
     * @throws IOException if a socket cannot be made
     */
    public static Swarm talking(Upgrade upgrade, int clients, Conversation conversation, SwarmPace pace)
            throws IOException {
        conversation.subprotocol().ifPresent(upgrade::subprotocol);
        int half = clients / 2;
        Swarm swarm = new Swarm(List.of(
                new SwarmLane(upgrade, "a", half, conversation, pace),
                new SwarmLane(upgrade, "b", clients - half, conversation, pace)));
        try {
            await("all clients are in").atMost(CONNECT_LIMIT).until(() -> swarm.failIfRefused() == clients);
            swarm.lanes.forEach(lane -> lane.send(true));
        } catch (RuntimeException | Error e) {
            swarm.close();
            throw e;
        }
        return swarm;
    }

    /**
     * The longest wait of any client for an echo since this was asked last. The report tells the longest of all.
     *
     * @return the time; what is waited for now counts
     */
    public Duration takeLongestWait() {
        long now = System.nanoTime();
        Duration longest = Duration.ofNanos(
                all(client -> client.takeLongestWait(now)).max(Long::compare).orElse(0L));
        if (longest.compareTo(longestWait) > 0) {
            longestWait = longest;
        }
        return longest;
    }

    /**
     * Waits until every client that is still connected has got an echo of something sent after this call.
     *
     * @param limit how long to wait; then this fails
     */
    public void awaitEveryoneAnswered(Duration limit) {
        List<Long> then = all(client -> client.ledger().sent()).toList();
        await("every client gets an answer").atMost(limit).until(() -> {
            List<Long> oldest = all(client ->
                            client.isClosed() ? Long.MAX_VALUE : client.ledger().oldest())
                    .toList();
            return IntStream.range(0, then.size()).allMatch(i -> oldest.get(i) > then.get(i));
        });
    }

    /**
     * Sends nothing more, waits for what is in flight, 30 s at most, and leaves.
     *
     * @return how it was
     */
    public SwarmReport stop() {
        return stop(DRAIN_LIMIT);
    }

    SwarmReport stop(Duration limit) {
        lanes.forEach(lane -> lane.send(false));
        long end = System.nanoTime() + limit.toNanos();
        await("what is in flight comes back, or the time is up")
                .atMost(limit.plusSeconds(5))
                .until(() -> System.nanoTime() > end
                        || all(client -> client.isClosed() || client.ledger().inFlight() == 0)
                                .allMatch(done -> done));
        takeLongestWait();
        Map<Integer, Integer> closed = new TreeMap<>();
        all(client -> client.isClosed() ? client.closeCode() : 0)
                .filter(code -> code != 0)
                .forEach(code -> closed.merge(code, 1, Integer::sum));
        SwarmReport report = new SwarmReport(
                sum(EchoLedger::sent),
                sum(EchoLedger::echoed),
                sum(EchoLedger::lost),
                sum(EchoLedger::doubled),
                sum(EchoLedger::reordered),
                closed,
                longestWait);
        close();
        return report;
    }

    /** Leaves without waiting for what is in flight. */
    @Override
    public void close() {
        lanes.forEach(SwarmLane::leave);
    }

    private long failIfRefused() {
        all(client -> client.isClosed() ? client.closeCode() : 0)
                .filter(code -> code != 0)
                .findFirst()
                .ifPresent(code -> {
                    throw new AssertionError("a client was not let in: " + code);
                });
        return all(SwarmClient::isOpen).filter(open -> open).count();
    }

    private long sum(ToLongFunction<EchoLedger> figure) {
        return all(client -> figure.applyAsLong(client.ledger()))
                .mapToLong(Long::longValue)
                .sum();
    }

    private <T> Stream<T> all(Function<SwarmClient, T> question) {
        return lanes.stream().flatMap(lane -> lane.ask(question).stream());
    }
}
