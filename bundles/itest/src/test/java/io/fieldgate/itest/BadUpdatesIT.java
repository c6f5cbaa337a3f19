package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.Technician.Told;
import io.fieldgate.itest.subject.CriticalCheck;
import io.fieldgate.itest.subject.HangingActivator;
import io.fieldgate.itest.subject.HangingVersionHandler;
import io.fieldgate.itest.subject.ThrowingActivator;
import io.fieldgate.itest.subject.ThrowingVersionHandler;
import io.fieldgate.itest.subject.UnmadeVersionHandler;
import io.fieldgate.itest.subject.UnsatisfiedVersionHandler;
import io.fieldgate.itest.subject.VersionHandler;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.WebSocketProbe;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A new version that is no good goes by itself: the one before answers again, to those 500 clients who have been there all the time. */
class BadUpdatesIT {

    private static final int CLIENTS = 500;
    private static final String NAME = "io.fieldgate.itest.version";

    private static final List<WebSocketProbe> CROWD = new ArrayList<>();

    /** A call that does not return is noticed after 5 s. */
    private static final Map<String, String> SETTINGS = Map.of("probation.s", "7", "start.timeout.s", "2");

    private static Technician technician;
    private static GatewayProcess gateway;
    private static int number;

    @BeforeAll
    static void start() throws Exception {
        technician = Technician.come();
        gateway = GatewayProcess.start(technician.home().configure("io.fieldgate.installer", SETTINGS));
        Path good = TestBundle.of("version", VersionHandler.class).build();
        assertEquals(
                "committed",
                technician.update(gateway, NAME, technician.signed(good)).state());
        for (int i = 0; i < CLIENTS; i++) {
            WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/version");
            CROWD.add(client);
            assertEquals("opened 1.0.0", client.text());
        }
    }

    @AfterAll
    static void stop() throws Exception {
        for (WebSocketProbe client : CROWD) {
            client.close();
        }
        gateway.close();
        technician.close();
    }

    @Test
    void doesNotResolve() throws Exception {
        TestBundle bad = TestBundle.of("version", VersionHandler.class)
                .header("Import-Package", "com.example.nowhere,*")
                .header("-fixupmessages", "*;is:=ignore");

        assertEnds("refused", "com.example.nowhere", update(bad));
        assertTheOneBeforeAnswers();
    }

    @Test
    void throwsInItsActivator() throws Exception {
        TestBundle bad = TestBundle.of("version", VersionHandler.class, ThrowingActivator.class)
                .header("Bundle-Activator", ThrowingActivator.class.getName());

        assertEnds("rolled-back", "it cannot start", update(bad));
        assertTheOneBeforeAnswers();
    }

    @Test
    void lacksAService() throws Exception {
        assertEnds("rolled-back", "Callable", update(TestBundle.of("version", UnsatisfiedVersionHandler.class)));
        assertTheOneBeforeAnswers();
    }

    @Test
    void throwsOnEveryMessage() throws Exception {
        HttpResponse<String> begun = begin(TestBundle.of("version", ThrowingVersionHandler.class));
        gateway.awaitLog("/version is served by " + NAME + " 1.1." + number);
        everybodySays("what is lost");

        assertEnds("rolled-back", "/version", technician.end(gateway, begun));
        assertTheOneBeforeAnswers();
    }

    @Test
    void blocksInItsActivator() throws Exception {
        TestBundle bad = TestBundle.of("version", VersionHandler.class, HangingActivator.class)
                .header("Bundle-Activator", HangingActivator.class.getName());

        assertEnds("rolled-back", "its start has not ended within 2 s", update(bad));
        assertTheOneBeforeAnswers();
    }

    @Test
    void blocksWhenItIsActivated() throws Exception {
        assertEnds("rolled-back", "", update(TestBundle.of("version", UnmadeVersionHandler.class)));
        assertTheOneBeforeAnswers();
    }

    @Test
    void blocksOnEveryMessage() throws Exception {
        HttpResponse<String> begun = begin(TestBundle.of("version", HangingVersionHandler.class));
        gateway.awaitLog("/version is served by " + NAME + " 1.1." + number);
        everybodySays("what is lost");

        assertEnds("rolled-back", "/version", technician.end(gateway, begun));
        assertTheOneBeforeAnswers();
    }

    @Test
    void doesNotPassItsHealthCheck() throws Exception {
        TestBundle bad = TestBundle.of("version", VersionHandler.class, CriticalCheck.class);

        assertEnds("rolled-back", "conscience", update(bad));
        assertTheOneBeforeAnswers();
    }

    private static HttpResponse<String> begin(TestBundle bad) throws Exception {
        return technician.put(
                gateway, NAME, technician.signed(bad.version("1.1." + ++number).build()));
    }

    private static Told update(TestBundle bad) throws Exception {
        return technician.end(gateway, begin(bad));
    }

    private static void assertEnds(String state, String reason, Told told) {
        assertEquals(state, told.state(), told::json);
        assertTrue(told.json().matches(".*\"reason\":\"[^\"]*\\Q" + reason + "\\E.*"), told::json);
    }

    private static void everybodySays(String text) throws Exception {
        for (WebSocketProbe client : CROWD) {
            client.send(text);
        }
    }

    /** What the old one says besides, of its coming back and of messages that the bad one has not taken, is let pass. */
    private static void assertTheOneBeforeAnswers() throws Exception {
        String question = "and after " + number + '?';
        everybodySays(question);
        for (WebSocketProbe client : CROWD) {
            String answer = client.text();
            while (!answer.startsWith(question)) {
                answer = client.text();
            }
            assertEquals(question + " 1.0.0", answer);
        }
        String bundle = technician.bundle(gateway, NAME);
        assertTrue(bundle.contains("\"version\":\"1.0.0\",\"origin\":\"updated\",\"state\":\"running\""), bundle);
    }
}
