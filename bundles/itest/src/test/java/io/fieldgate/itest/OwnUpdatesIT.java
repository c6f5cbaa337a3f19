package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.BundleJar;
import io.fieldgate.testkit.BundleList;
import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Outcome;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway is made of is updated while it runs: what carries the connections, what carries out the updates, and what all build upon. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OwnUpdatesIT {

    private static final String NEXT = "9.0.0";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final List<String> ALL = List.of(
            "io.fieldgate.api",
            "io.fieldgate.config",
            "io.fieldgate.core",
            "io.fieldgate.installer",
            "io.fieldgate.shell",
            "io.fieldgate.transport.http");

    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.start();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"io.fieldgate.installer", "io.fieldgate.shell", "io.fieldgate.config"})
    void oneByItself(String name) throws Exception {
        assertCommitted(update(name));
        assertRuns(List.of(name));
        assertAnswers();
    }

    /** All restart, what holds the port too, which takes another one for it was not told of any. */
    @Test
    @Order(2)
    void theApiTogetherWithItsCore() throws Exception {
        List<String> set = List.of("io.fieldgate.api", "io.fieldgate.core");
        Outcome refused = update(set.toArray(String[]::new));
        assertEquals(1, refused.status(), refused::output);
        assertTrue(refused.output().contains("--allow-refresh would let it"), refused::output);

        assertCommitted(update("--allow-refresh", set.get(0), set.get(1)));
        assertRuns(set);
    }

    @Test
    @Order(3)
    void whatHoldsThePort() throws Exception {
        assertCommitted(update("io.fieldgate.transport.http"));
        assertRuns(List.of("io.fieldgate.transport.http"));
    }

    @Test
    @Order(4)
    void allAreThereAfterTheNextStart() throws Exception {
        List<BundleList.Line> before = running(gateway);
        gateway.kill();
        gateway = GatewayProcess.start(gateway.home());

        assertEquals(names(before), names(running(gateway)));
        assertRuns(ALL);
        assertAnswers();
    }

    private static void assertCommitted(Outcome outcome) {
        List<String> lines = outcome.orFail().lines().toList();
        assertEquals("committed", lines.get(lines.size() - 1), () -> outcome.output() + gateway.log());
    }

    private static void assertRuns(Collection<String> names) throws Exception {
        List<BundleList.Line> lines = running(gateway);
        for (String name : names) {
            assertEquals(
                    List.of(NEXT),
                    lines.stream()
                            .filter(line -> line.symbolicName().equals(name))
                            .map(BundleList.Line::version)
                            .toList(),
                    name);
        }
    }

    private static void assertAnswers() throws Exception {
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            assertEquals("still here?", client.ask("still here?"));
        }
        assertEquals(200, gateway.get("/").statusCode());
    }

    private static List<BundleList.Line> running(GatewayProcess of) throws IOException, InterruptedException {
        return of.bundles().all().stream()
                .filter(line -> line.state().equals("Active"))
                .toList();
    }

    private static List<String> names(List<BundleList.Line> lines) {
        return lines.stream()
                .map(line -> line.symbolicName() + ' ' + line.version())
                .sorted()
                .collect(Collectors.toList());
    }

    /** Options begin with two hyphens; all others are names of bundles. */
    private static Outcome update(String... words) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("update", "--home", gateway.home().path().toString()));
        for (String word : words) {
            Path jar = word.startsWith("--")
                    ? Path.of(word)
                    : BundleJar.of(Distribution.bundle(word)).reversioned(NEXT);
            arguments.add(jar.toString());
        }
        return Outcome.of(gateway.home().command(arguments.toArray(String[]::new)), LIMIT);
    }
}
