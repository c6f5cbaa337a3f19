package io.fieldgate.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a bundle must bear in the field, each check in one line and each on a gateway of its own, which runs the {@link Distribution}
 * with the bundle in {@code deploy/}.
 *
 * <pre>{@code
 * private final GatewayChecks checks = GatewayChecks.of(Path.of("target/com.example.hello-1.0.0.jar")).at("/hello");
 *
 * @Test
 * void survivesAnUpdate() throws Exception {
 *     checks.survivesAnUpdateUnderLoad();
 * }
 * }</pre>
 *
 * <p>The bundle is given as a file, so run the checks after it was packaged: with Maven by Failsafe. A check takes 5 to 30 s. It
 * throws an {@link AssertionError} that says what to mend; the log of its gateway is kept under {@code target/gateways/}.
 *
 * <p><b>Threading.</b> Used by one thread at a time; a check can be run again and again.
 */
public final class GatewayChecks {

    private static final int CLIENTS = 50;
    private static final int UPDATES = 5;
    private static final int SLOW_MESSAGE_BYTES = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path jar;
    private final List<Path> others = new ArrayList<>();
    private final Map<String, Map<String, String>> configurations = new LinkedHashMap<>();
    private Optional<String> path = Optional.empty();
    private Optional<Conversation> conversation = Optional.empty();
    private int clients = CLIENTS;
    private int updates = UPDATES;
    private Duration patience = PATIENCE;

    private GatewayChecks(Path jar) {
        this.jar = jar;
    }

    /**
     * Takes a bundle to be checked.
     *
     * @param jar the bundle, with a handler or a driver or something else; one that is shipped is checked as it was shipped
     * @return checks that can be told more and then run
     */
    public static GatewayChecks of(Path jar) {
        return new GatewayChecks(jar);
    }

    /**
     * Says where clients talk: at the path of the bundle's handler, which sends back each text, or of another that uses the bundle.
     *
     * @param where the path, for example {@code /hello}
     * @return this
     */
    public GatewayChecks at(String where) {
        path = Optional.of(where);
        conversation = Optional.empty();
        return this;
    }

    /**
     * Says where clients talk and what.
     *
     * @param where the path, for example {@code /hello}
     * @param what what they say and which answer is right
     * @return this
     */
    public GatewayChecks at(String where, Conversation what) {
        path = Optional.of(where);
        conversation = Optional.of(what);
        return this;
    }

    /**
     * Says how many clients talk; 50 unless told.
     *
     * @param count at least 1
     * @return this
     */
    public GatewayChecks clients(int count) {
        clients = atLeastOne("clients", count);
        return this;
    }

    /**
     * Says how often the bundle is replaced; 5 times unless told.
     *
     * @param count at least 1
     * @return this
     */
    public GatewayChecks updates(int count) {
        updates = atLeastOne("updates", count);
        return this;
    }

    /**
     * Says how long each thing that must happen is waited for, such as an answer or the start of a version; 30 s unless told. A check
     * that passes does not take longer for it.
     *
     * @param time 1 s or more
     * @return this
     */
    public GatewayChecks patience(Duration time) {
        atLeastOne("patience in seconds", Math.toIntExact(time.toSeconds()));
        patience = time;
        return this;
    }

    /**
     * Puts another bundle into {@code deploy/}, one that the checked one needs.
     *
     * @param other the bundle
     * @return this
     */
    public GatewayChecks with(Path other) {
        others.add(other);
        return this;
    }

    /**
     * Writes {@code etc/<pid>.cfg} before the gateway starts.
     *
     * @param pid the PID, or {@code <factory PID>-<name>}
     * @param values keys and values
     * @return this
     */
    public GatewayChecks configured(String pid, Map<String, String> values) {
        configurations.put(pid, Map.copyOf(values));
        return this;
    }

    /**
     * Replaces the bundle through {@code deploy/} again and again while clients talk all the time.
     *
     * <p>Asserted: each later version becomes active in time; after each update every client gets answers; no connection is
     * ended; no message is lost, answered twice or answered out of order; the gateway logs no error.
     *
     * @return how long clients had to wait
     * @throws AssertionError if one of these does not hold
     * @throws IllegalStateException if no path was said
     * @throws IOException if the gateway cannot be used
     */
    public UpdateReport survivesAnUpdateUnderLoad() throws IOException {
        try (CheckedGateway gateway = start();
                Swarm swarm = swarm(gateway, talk())) {
            gateway.awaitAnswers(swarm, "before any update");
            Duration before = swarm.takeLongestWait();
            List<Duration> stalls = new ArrayList<>();
            for (int i = 0; i < updates; i++) {
                String version = gateway.update();
                gateway.awaitAnswers(swarm, "after the update to " + version);
                stalls.add(swarm.takeLongestWait());
            }
            SwarmReport report = gateway.assertUnnoticed(swarm, "clients have noticed the updates");
            gateway.assertCleanLog("clients have noticed nothing of the updates");
            return new UpdateReport(before, stalls, report);
        }
    }

    /**
     * Replaces the bundle through {@code deploy/} again and again, while one client stays and another comes, talks and leaves with
     * each version if a path was said.
     *
     * <p>Asserted: each later version becomes active in time; soon after the last update no more class loaders that have
     * defined a class of the bundle are reachable after a full collection than versions of it are installed. That is one; two if it is
     * shipped, for what is shipped stays installed.
     *
     * @throws AssertionError if one of these does not hold; a heap dump that shows who holds the loaders is kept in
     *     {@code target/reports/}
     * @throws IOException if the gateway cannot be used
     * @throws InterruptedException if the thread is interrupted
     */
    public void leaksNoClassLoader() throws IOException, InterruptedException {
        try (CheckedGateway gateway = start()) {
            Optional<Swarm> staying = path.isPresent() ? Optional.of(oneClient(gateway)) : Optional.empty();
            try {
                LeakCheck check = new LeakCheck(gateway);
                for (int i = 0; i < updates; i++) {
                    gateway.update();
                    if (path.isPresent()) {
                        try (Swarm passing = oneClient(gateway)) {
                            gateway.assertUnnoticed(passing, "a client that came after an update had trouble");
                        }
                    }
                }
                check.assertNothingIsLeft(updates);
            } finally {
                staying.ifPresent(Swarm::close);
            }
        }
    }

    /**
     * Has one client talk and read nothing while others talk and read. Unless a conversation was said, its messages have 1,000 bytes.
     *
     * <p>Asserted: before 32 MiB were taken of it the slow client is either held (nothing more is taken for 1 s, nor when the others have been answered) or closed with 1013;
     * the others get their answers all the while, and nothing of theirs is lost, answered twice or out of order; the heap grows by less
     * than 16 MiB; when the slow one reads again it gets all its answers, once and in order, or 1013; the gateway logs no error.
     *
     * @throws AssertionError if one of these does not hold
     * @throws IllegalStateException if no path was said
     * @throws IOException if the gateway cannot be used
     * @throws InterruptedException if the thread is interrupted
     */
    public void bearsASlowClient() throws IOException, InterruptedException {
        Conversation talk = conversation.orElseGet(() -> Conversation.echo(SLOW_MESSAGE_BYTES));
        try (CheckedGateway gateway = start();
                Swarm others = swarm(gateway, talk);
                SlowClient slow = new SlowClient(upgrade(gateway, talk), talk.begin("slow"))) {
            new SlowClientCheck(gateway, others).assertBorne(slow);
        }
    }

    /**
     * Stops a driver's bundle and starts it again while clients talk, if a path was said.
     *
     * <p>Asserted: points that had values turn BAD (disconnected) when it stops; when it starts all of these have
     * values again; clients get their answers all the while, no connection is ended, and nothing is lost, answered twice or out of
     * order; the gateway logs no error.
     *
     * <p>It looks at the points through {@code GET /api/points}, which {@code handler.live} answers.
     *
     * @param symbolicName the driver's bundle: the one that is checked, one that is shipped, or one that was given by {@link #with}
     * @throws AssertionError if one of these does not hold
     * @throws IOException if the gateway cannot be used
     * @throws InterruptedException if the thread is interrupted
     */
    public void bearsTheLossOfADriver(String symbolicName) throws IOException, InterruptedException {
        try (CheckedGateway gateway = start()) {
            Optional<Swarm> swarm = path.isPresent() ? Optional.of(swarm(gateway, talk())) : Optional.empty();
            try {
                new DriverLossCheck(gateway, swarm).assertBorne(symbolicName);
            } finally {
                swarm.ifPresent(Swarm::close);
            }
        }
    }

    private CheckedGateway start() throws IOException {
        GatewayHome home = GatewayHome.create();
        for (Path other : others) {
            home.with(other);
        }
        for (Map.Entry<String, Map<String, String>> configuration : configurations.entrySet()) {
            home.configure(configuration.getKey(), configuration.getValue());
        }
        return new CheckedGateway(home, jar, patience);
    }

    private Swarm swarm(CheckedGateway gateway, Conversation talk) throws IOException {
        return Swarm.talking(gateway.process().uri(), where(), clients, talk);
    }

    private Swarm oneClient(CheckedGateway gateway) throws IOException {
        Swarm swarm = Swarm.talking(gateway.process().uri(), where(), 1, talk());
        try {
            gateway.awaitAnswers(swarm, "when a client has come");
            return swarm;
        } catch (RuntimeException | Error e) {
            swarm.close();
            throw e;
        }
    }

    private Upgrade upgrade(CheckedGateway gateway, Conversation talk) {
        Upgrade upgrade = Upgrade.to(gateway.process().uri(), where());
        talk.subprotocol().ifPresent(upgrade::subprotocol);
        return upgrade;
    }

    private Conversation talk() {
        return conversation.orElseGet(Conversation::echo);
    }

    private String where() {
        return path.orElseThrow(
                () -> new IllegalStateException("this check needs a path to talk at: say at(\"/path\")"));
    }

    private static int atLeastOne(String what, int count) {
        if (count < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, got " + count);
        }
        return count;
    }
}
