package io.fieldgate.benchmark.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A server that does wrong is found out: figures of such a one would be worth nothing. */
class TrafficTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void anEchoIsCountedAndNothingStaysUnderWay() throws IOException {
        try (ScriptedServer server = new ScriptedServer(List::of);
                Load load = new Load(server.port())) {
            ClosedLoop traffic = ClosedLoop.echo(load, "/echo", 3, 1, ClosedLoop.letters(32));
            load.await(() -> traffic.count() > 20, LIMIT, "twenty echoes");
            traffic.stop();
            load.await(traffic::isDone, LIMIT, "the rest");
        }
    }

    @Test
    void anEchoOfSomethingElseIsAnError() throws IOException {
        assertFails("came back as another", text -> List.of(text.replace('a', 'b')));
        assertFails("came back as another", text -> List.of(text + text));
    }

    @Test
    void aServerThatHangsUpIsAnError() throws IOException {
        assertFails("has closed a connection", text -> null);
    }

    @Test
    void aServerThatSaysNothingIsAnError() throws IOException {
        try (ScriptedServer server = new ScriptedServer(text -> List.of());
                Load load = new Load(server.port())) {
            ClosedLoop traffic = ClosedLoop.echo(load, "/echo", 1, 1, ClosedLoop.letters(32));
            LoadException failure = assertThrows(
                    LoadException.class, () -> load.await(traffic::isDone, Duration.ofMillis(50), "the echo"));
            assertEquals("the echo: not within 50 ms", failure.getMessage());
        }
    }

    @Test
    void aMessageThatIsLostIsCounted() throws IOException {
        TalkTraffic traffic = talk(text -> text.endsWith("3") ? List.of() : List.of(text));

        assertTrue(traffic.lost() > 0);
        assertEquals(0, traffic.doubled());
        assertEquals(0, traffic.dropped());
    }

    @Test
    void aMessageThatIsDoubledIsCounted() throws IOException {
        TalkTraffic traffic = talk(text -> text.endsWith("3") ? List.of(text, text) : List.of(text));

        assertEquals(0, traffic.lost());
        assertEquals(1, traffic.doubled());
    }

    @Test
    void aConnectionThatIsDroppedIsCounted() throws IOException {
        try (ScriptedServer server = new ScriptedServer(text -> text.endsWith("2") ? null : List.of(text));
                Load load = new Load(server.port())) {
            TalkTraffic traffic = TalkTraffic.start(load, "/echo", 2);
            runUntilDropped(load, traffic, 2);
            assertEquals(2, traffic.dropped());
        }
    }

    private static TalkTraffic talk(Function<String, List<String>> script) throws IOException {
        try (ScriptedServer server = new ScriptedServer(script);
                Load load = new Load(server.port())) {
            TalkTraffic traffic = TalkTraffic.start(load, "/echo", 1);
            long end = System.nanoTime() + LIMIT.toNanos();
            while (traffic.count() < 8 && System.nanoTime() < end) {
                load.run(Duration.ofMillis(5), traffic::step);
            }
            traffic.stop();
            load.await(traffic::isDone, LIMIT, "the rest");
            return traffic;
        }
    }

    private static void runUntilDropped(Load load, TalkTraffic traffic, int connections) throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (traffic.dropped() < connections && System.nanoTime() < end) {
            load.run(Duration.ofMillis(5), traffic::step);
        }
    }

    private static void assertFails(String error, Function<String, List<String>> script) throws IOException {
        try (ScriptedServer server = new ScriptedServer(script);
                Load load = new Load(server.port())) {
            ClosedLoop traffic = ClosedLoop.echo(load, "/echo", 1, 1, ClosedLoop.letters(32));
            LoadException failure =
                    assertThrows(LoadException.class, () -> load.await(() -> traffic.count() > 100, LIMIT, "echoes"));
            assertTrue(failure.getMessage().contains(error), failure::getMessage);
        }
    }
}
