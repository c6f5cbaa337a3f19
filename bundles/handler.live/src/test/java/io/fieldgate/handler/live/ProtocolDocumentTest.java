package io.fieldgate.handler.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.testkit.FakePoints;
import io.fieldgate.testkit.FakeSession;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the examples of docs/protocol.md against the handler; the ones over HTTP are played by {@link HttpDocumentTest}. */
class ProtocolDocumentTest {

    private static final Pattern BECOMES = Pattern.compile("# (\\S+) becomes (\\S+)");
    private static final Pattern BECOMES_OFTEN = Pattern.compile("# (\\S+) becomes 0\\.1 and so on, ([0-9]+) times");
    private static final Pattern RING = Pattern.compile("# the ring has ([0-9]+) samples");

    private final FakePoints points = Fixtures.tank();
    private final ManualWorker worker = new ManualWorker();
    private LiveHandler handler = new LiveHandler(new Fanout(points, worker, () -> 0), new Writes(points));
    private FakeSession session = Fixtures.session("s1", Role.OPERATOR);

    static List<ProtocolDocument.Example> sessions() throws IOException {
        List<ProtocolDocument.Example> examples = ProtocolDocument.examples("json", "text");
        assertTrue(examples.size() > 8, "the document has lost its examples");
        return examples;
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void doesWhatTheDocumentSays(ProtocolDocument.Example example) throws IOException {
        handler.opened(session);
        for (String line : example.lines()) {
            String content = line.substring(2);
            if (line.startsWith("→ ")) {
                requireJson(content, example);
                handler.received(session, Message.text(content));
            } else if (line.startsWith("← ")) {
                assertEquals(content, session.nextText(), example::toString);
            } else {
                happen(line);
            }
            worker.work();
        }
        assertEquals(List.of(), session.newTexts(), "more was sent than the document says");
    }

    private static void requireJson(String text, ProtocolDocument.Example example) throws IOException {
        if (example.language().equals("json")) {
            try (JsonParser parser = new JsonFactory().createParser(text)) {
                while (parser.nextToken() != null) {
                    assertTrue(parser.currentLocation().getLineNr() == 1, text);
                }
            }
        }
    }

    private void happen(String line) {
        Matcher ring = RING.matcher(line);
        Matcher often = BECOMES_OFTEN.matcher(line);
        Matcher once = BECOMES.matcher(line);
        if (ring.matches()) {
            points.keep(Integer.parseInt(ring.group(1)));
        } else if (often.matches()) {
            for (int i = 1; i <= Integer.parseInt(often.group(2)); i++) {
                points.update(often.group(1), Value.of(i / 10.0));
            }
        } else if (once.matches()) {
            String value = once.group(2);
            points.update(once.group(1), value.equals("true") ? Value.of(true) : Value.of(Double.parseDouble(value)));
        } else {
            change(line);
        }
    }

    private void change(String line) {
        switch (line) {
            case "# the client is a viewer" -> {
                session = Fixtures.session("s2", Role.VIEWER);
                handler.opened(session);
            }
            case "# the client takes nothing" -> session.stall();
            case "# the client takes again" -> session.catchUp();
            case "# the device does not answer" ->
                points.answers()
                        .fail(new PointException(PointException.Reason.TIMEOUT, "the device did not answer in time"));
            case "# the device takes its time" -> points.answers().hold();
            case "# the handler goes" -> {
                handler.parked(session);
                session = session.successor();
            }
            case "# its successor comes" -> {
                handler = new LiveHandler(new Fanout(points, worker, () -> 0), new Writes(points));
                handler.resumed(session);
            }
            default -> throw new AssertionError("the test does not know how to play: " + line);
        }
    }

    @Test
    void namesEverythingThatTheGatewayCanSay() throws IOException {
        String text = Files.readString(ProtocolDocument.FILE);

        for (PointException.Reason reason : PointException.Reason.values()) {
            assertTrue(text.contains('`' + reason.id() + '`'), reason.id());
        }
        for (Quality.Code code : Quality.Code.values()) {
            assertTrue(code == Quality.Code.OK || text.contains('`' + code.id() + '`'), code.id());
        }
        for (Quality.Level level : Quality.Level.values()) {
            assertTrue(text.contains('`' + level.id() + '`'), level.id());
        }
        for (ValueType type : ValueType.values()) {
            assertTrue(text.contains("| `" + type.id() + "` |"), type.id());
        }
        for (Points.Mode mode : Points.Mode.values()) {
            assertTrue(text.contains('`' + mode.name().toLowerCase(java.util.Locale.ROOT) + '`'), mode.name());
        }
    }
}
