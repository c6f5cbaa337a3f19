package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.Technician.Told;
import io.fieldgate.itest.subject.FailingHandler;
import io.fieldgate.itest.subject.VersionHandler;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The power goes while a bundle is updated: at each instant after which the next start finds something else on the disk, and at random ones.
 * Each start thereafter runs the old version or the new one, tells what has happened, and leaves nothing behind.
 *
 * <p>Every eighth instant and 20 random ones are tried, unless {@code -Dfieldgate.power.edges=all} and {@code -Dfieldgate.power.kills=500} say more.
 */
class PowerFailureIT {

    private static final String NAME = "io.fieldgate.itest.version";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int EVERY =
            System.getProperty("fieldgate.power.edges", "").equals("all") ? 1 : 8;
    private static final int KILLS = Integer.getInteger("fieldgate.power.kills", 20);

    /** Longer than an update takes on a machine that has nothing else to do. */
    private static final int UPDATE_MS = 2_200;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern VERSION = Pattern.compile("\"name\":\"" + NAME + "\",\"version\":\"([^\"]+)\"");

    private static Technician technician;
    private static GatewayHome home;
    private static int last = 2;
    private static String runs = "1.0.2";

    private GatewayProcess gateway;

    /** How an update goes in which the power fails. */
    private enum Course {
        COMMITTED,
        ROLLED_BACK,
        REFUSED
    }

    /** An instant, in the course of an update in which it comes. */
    private record Edge(String name, Course course) {

        /** Whether the new version is what is to run from then on. */
        boolean isNew() {
            return List.of("committed.renamed", "committed.done", "committed.uninstalled", "collected")
                    .contains(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void come() throws Exception {
        technician = Technician.come();
        home = technician.home();
        GatewayProcess first = GatewayProcess.start(home);
        for (String version : List.of("1.0.0", "1.0.1", "1.0.2")) {
            Told told = technician.update(first, NAME, jar(version, Course.COMMITTED));
            assertEquals("committed", told.state(), told::json);
        }
        first.kill();
    }

    @AfterAll
    static void leave() throws Exception {
        if (home != null) {
            home.delete();
        }
        technician.close();
    }

    @AfterEach
    void kill() {
        if (gateway != null) {
            gateway.kill();
        }
    }

    static Stream<Edge> edges() {
        List<Edge> edges = new ArrayList<>(file("store", Course.COMMITTED));
        for (String state : List.of("staged", "verified", "activating", "probation", "committed")) {
            edges.addAll(file(state + ".before", Course.COMMITTED));
            edges.addAll(file(state, Course.COMMITTED));
        }
        for (Course course : List.of(Course.ROLLED_BACK, Course.REFUSED)) {
            String state = course.name().toLowerCase(Locale.ROOT);
            edges.addAll(file(state + ".before", course));
            edges.addAll(file(state, course));
        }
        Stream.of(
                        "activating.installed",
                        "activating.stopped",
                        "activating.started",
                        "probation",
                        "committed.uninstalled",
                        "collected")
                .forEach(name -> edges.add(new Edge(name, Course.COMMITTED)));
        edges.add(new Edge("rolled_back.undone", Course.ROLLED_BACK));
        return Stream.iterate(0, i -> i < edges.size(), i -> i + EVERY).map(edges::get);
    }

    private static List<Edge> file(String what, Course course) {
        return Stream.of(".begin", ".written", ".renamed", ".done")
                .map(step -> new Edge(what + step, course))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("edges")
    void atAnInstant(Edge edge) throws Exception {
        if (edge.name().equals("collected")) {
            // What is collected is a version that the state before still knew.
            gateway = GatewayProcess.start(home.javaOptions(""));
            runs = "1.0." + ++last;
            Told told = technician.update(gateway, NAME, jar(runs, Course.COMMITTED));
            assertEquals("committed", told.state(), told::json);
            gateway.kill();
        }
        String next = "1.0." + ++last;
        gateway = GatewayProcess.start(home.javaOptions("-Dio.fieldgate.installer.pause.at=" + edge.name()));
        Path paused = home.path().resolve("data/installer/paused");
        CompletableFuture<?> answer = technician.begin(gateway, NAME, jar(next, edge.course()), "");
        await("the update comes to " + edge).atMost(LIMIT).until(() -> isPaused(paused, edge));
        gateway.kill();
        answer.completeExceptionally(new IOException("killed"));
        Files.delete(paused);

        runs = startsWell(next, Set.of(edge.isNew() ? next : runs));
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void atARandomMoment() throws Exception {
        long seed =
                Long.getLong("fieldgate.power.seed", ThreadLocalRandom.current().nextLong());
        Random random = new Random(seed);
        int committed = 0;
        int rolledBack = 0;
        gateway = GatewayProcess.start(home.javaOptions(""));
        for (int i = 0; i < KILLS; i++) {
            String next = "1.0." + ++last;
            int moment = random.nextInt(UPDATE_MS);
            CompletableFuture<?> answer = technician.begin(
                    gateway, NAME, jar(next, random.nextInt(4) > 0 ? Course.COMMITTED : Course.ROLLED_BACK), "");
            CompletableFuture.runAsync(gateway::kill, CompletableFuture.delayedExecutor(moment, TimeUnit.MILLISECONDS))
                    .join();
            answer.completeExceptionally(new IOException("killed"));
            String before = runs;
            try {
                runs = startsWell(next, Set.of(before, next));
            } catch (AssertionError e) {
                throw new AssertionError("kill " + i + " of seed " + seed + ", " + moment + " ms after its begin", e);
            }
            committed += runs.equals(next) ? 1 : 0;
            rolledBack += history(next).equals("rolled-back") ? 1 : 0;
        }
        Figures.note(
                "power",
                KILLS + " random kills of an update (seed " + seed + "): " + committed + " committed, " + rolledBack
                        + " rolled back, " + (KILLS - committed - rolledBack) + " not begun or refused");
    }

    /** Starts the gateway as a person would, and looks at everything. */
    private String startsWell(String next, Set<String> allowed) throws Exception {
        gateway = GatewayProcess.start(home.javaOptions(""));
        List<String> versions = VERSION.matcher(technician.bundles(gateway))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertEquals(1, versions.size(), () -> "not one version: " + versions);
        assertTrue(allowed.containsAll(versions), () -> versions + " instead of " + allowed + "\n" + gateway.log());
        String version = versions.get(0);
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/version")) {
            assertEquals("opened " + version, client.text());
        }
        String told = history(next);
        if (version.equals(next)) {
            assertEquals("committed", told);
        } else {
            assertTrue(Set.of("rolled-back", "refused", "unknown").contains(told), told);
        }
        assertFalse(gateway.log().contains("torn"), gateway.log());
        awaitNothingLeft();
        return version;
    }

    /** What the gateway says has become of the update to a version. */
    private String history(String next) throws Exception {
        return technician.history(gateway, NAME).stream()
                .filter(told -> told.json().contains("\"to\":\"" + next + '"'))
                .map(Told::state)
                .findFirst()
                .orElse("unknown");
    }

    private static void awaitNothingLeft() {
        await("nothing is left over").atMost(LIMIT).untilAsserted(() -> {
            Set<String> named = new TreeSet<>();
            for (String state : List.of("state", "state.before")) {
                String text =
                        Files.readString(home.path().resolve("data/installer").resolve(state));
                // The first line bears the hash of the file itself.
                SHA256.matcher(text.substring(text.indexOf('\n')))
                        .results()
                        .map(MatchResult::group)
                        .forEach(named::add);
            }
            assertEquals(
                    named,
                    names("data/store").stream()
                            .map(name -> name.replace(".jar", ""))
                            .collect(Collectors.toCollection(TreeSet::new)));
            assertEquals(List.of("state", "state.before"), names("data/installer"));
        });
    }

    private static List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(home.path().resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static boolean isPaused(Path paused, Edge edge) throws IOException {
        return Files.exists(paused) && Files.readString(paused).equals(edge.name());
    }

    private static Path jar(String version, Course course) throws Exception {
        TestBundle bundle = course == Course.ROLLED_BACK
                ? TestBundle.of("version", VersionHandler.class, FailingHandler.class)
                : TestBundle.of("version", VersionHandler.class);
        if (course == Course.REFUSED) {
            bundle.header("Import-Package", "com.example.nowhere,*").header("-fixupmessages", "*;is:=ignore");
        }
        return technician.signed(bundle.version(version).build());
    }
}
