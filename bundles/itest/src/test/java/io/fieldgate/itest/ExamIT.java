package io.fieldgate.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.fieldgate.api.gateway.HandlerInfo;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.gateway.Sessions;
import io.fieldgate.itest.subject.PooledEchoHandler;
import io.fieldgate.testkit.GatewayExam;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** An author tests a bundle of his own within all that is shipped. */
public class ExamIT extends GatewayExam {

    private static final String BUNDLE_NAME = "io.fieldgate.itest.pooled-echo";

    @Override
    protected List<Path> bundles() throws IOException {
        return List.of(TestBundle.of("pooled-echo", PooledEchoHandler.class).build());
    }

    @Test
    public void aHandlerIsTalkedToThroughThePort() throws IOException {
        try (WebSocketProbe client = WebSocketProbe.open(uri(), "/pooled-echo")) {
            assertEquals("hello", client.ask("hello"));
            assertEquals(
                    List.of("/pooled-echo"),
                    service(Sessions.class).handlers().stream()
                            .map(HandlerInfo::path)
                            .filter(path -> path.startsWith("/pooled"))
                            .toList());
        }
    }

    @Test
    public void everythingThatIsShippedIsThereAndActive() {
        assertEquals(
                Bundle.ACTIVE, installed("io.fieldgate.transport.websocket").getState());
        assertEquals(Bundle.ACTIVE, installed(BUNDLE_NAME).getState());
        assertTrue(service(Points.class).devices().toString(), uri().getPort() > 0);
    }

    @Test
    public void whatIsNotThereIsNamed() {
        String message = assertThrows(AssertionError.class, () -> installed("com.example.nobody"))
                .getMessage();
        assertEquals("com.example.nobody is not installed", message);
    }
}
