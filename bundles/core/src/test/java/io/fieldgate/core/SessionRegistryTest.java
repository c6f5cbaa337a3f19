package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.SocketRequest;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens between the moment a session is listed and the moment its handler has it. */
class SessionRegistryTest {

    private final ManualTime time = new ManualTime();
    private final HandlerPool pool = new HandlerPool("fieldgate-test-registry", 1);
    private final RouteTable routes = new RouteTable();
    private final SocketLimits limits = new SocketLimits(
            Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(30), 64, 4096, 4, 1, 1);
    private final SessionRegistry sessions = new SessionRegistry(limits, time, time, routes, new SessionEnds());
    private final RecordingHandler admitting = new RecordingHandler();
    private final RecordingHandler other = new RecordingHandler();

    @AfterEach
    void stop() {
        pool.stop();
    }

    @Test
    void aNewSessionIsForNobodyButTheHandlerThatHasLetItIn() {
        HandlerRoute low = route(1, admitting);
        HandlerRoute high = route(2, other);
        Session session = session();

        sessions.parked(session);

        assertFalse(session.life().adopt(high));
        assertTrue(session.life().open(low));
        Waiting.until(() -> admitting.calls.contains("opened"));
        assertTrue(other.calls.isEmpty());
    }

    @Test
    void aNewSessionWhoseHandlerHasGoneIsForTheNext() {
        HandlerRoute gone = route(1, admitting);
        gone.leave();
        routes.remove(gone);
        route(2, other);
        Session session = session();

        assertFalse(session.life().open(gone));
        session.life().await(new Departure());

        Waiting.until(() -> other.calls.contains("opened"));
        assertEquals(0, admitting.calls.size());
    }

    private Session session() {
        SocketRequest request = SocketRequest.builder("/a").build();
        return new Session("1", request, Optional.empty(), "/a", new FakeLink(), 0, sessions);
    }

    private HandlerRoute route(int ranking, RecordingHandler handler) {
        HandlerSpec spec = HandlerSpec.of(FakeReference.at("/a"));
        HandlerRoute route = new HandlerRoute(spec, "a bundle", ranking, ranking, pool.share(1), new Reactions(pool));
        routes.add(route);
        route.arrived(handler);
        return route;
    }
}
