package io.fieldgate.handler.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.testkit.FakePoints;
import io.fieldgate.testkit.FakeSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FanoutTest {

    private static final Selection TANK = new Selection(List.of(PointFilter.of("sim/tank/*")), Points.Mode.LATEST);
    private static final Selection EVERY = new Selection(List.of(PointFilter.of("sim/tank/level")), Points.Mode.EVERY);

    private final FakePoints points = Fixtures.tank();
    private final ManualWorker worker = new ManualWorker();
    private final AtomicLong clock = new AtomicLong();
    private final Fanout fanout = new Fanout(points, worker, clock::get);
    private final FakeSession slow = Fixtures.session("slow", Role.VIEWER);

    @Test
    void encodesOnceForAllWhoWantTheSame() {
        FakeSession one = join(TANK, "one");
        FakeSession two = join(
                new Selection(List.of(PointFilter.of("sim/tank/*"), PointFilter.of("sim/tank/*")), Points.Mode.LATEST),
                "two");

        points.update("sim/tank/level", Value.of(1.3));

        assertEquals(1, points.observers());
        assertSame(one.messages().get(1), two.messages().get(1));
    }

    @Test
    void sharesTheSnapshotAmongThoseWhoComeTogether() {
        FakeSession one = join(TANK, "one");
        FakeSession two = join(TANK, "two");
        clock.addAndGet(2_000_000_000L);
        FakeSession later = join(TANK, "later");

        assertSame(one.messages().get(0), two.messages().get(0));
        assertNotSame(one.messages().get(0), later.messages().get(0));
        assertEquals(one.messages(), later.messages());
    }

    @Test
    void bringsASharedSnapshotUpToDate() {
        FakeSession one = join(TANK, "one");
        points.update("sim/tank/level", Value.of(1.3));
        FakeSession two = join(TANK, "two");

        assertSame(one.messages().get(0), two.messages().get(0));
        assertEquals(one.messages(), two.messages());
    }

    @Test
    void observesAsLongAsSomebodyListens() {
        Subscriber one = fanout.join(TANK, Position.START, outlet(slow));
        Subscriber two = fanout.join(TANK, Position.START, outlet(slow));

        fanout.leave(one);
        assertEquals(1, points.observers());
        fanout.leave(two);
        assertEquals(0, points.observers());
    }

    @Test
    void endsAllObservationsWhenItGoes() {
        join(TANK, "one");
        join(EVERY, "two");

        fanout.deactivate();

        assertEquals(0, points.observers());
        assertTrue(worker.isShutdown());
    }

    @Test
    void sendsOneMessageAtATimeToAClientThatLags() {
        slow.stall();
        fanout.join(TANK, Position.START, outlet(slow));
        worker.work();
        for (int i = 0; i < 50; i++) {
            points.update("sim/tank/level", Value.of((double) i));
        }
        assertEquals(1, slow.messages().size(), "the snapshot has not left, so nothing follows");

        slow.leaveOne();
        worker.work();

        assertEquals(2, slow.messages().size());
        assertTrue(
                slow.messages().get(1).text().contains("\"value\":49.0"),
                slow.messages().get(1).text());
        assertEquals(1, slow.waiting());
    }

    @Test
    void letsAClientBackInStepWhenItHasCaughtUp() {
        FakeSession other = join(TANK, "other");
        slow.stall();
        fanout.join(TANK, Position.START, outlet(slow));
        worker.work();
        points.update("sim/tank/level", Value.of(1.0));
        slow.catchUp();
        worker.work();

        points.update("sim/tank/level", Value.of(1.5));

        assertSame(last(other.messages()), last(slow.messages()));
    }

    @Test
    void hasRoomForAFewMessagesBeforeAClientLags() {
        FakeSession other = join(TANK, "other");
        fanout.join(TANK, Position.START, outlet(slow));
        worker.work();
        slow.stall();

        for (int i = 0; i < Subscriber.WINDOW_MESSAGES + 5; i++) {
            points.update("sim/tank/level", Value.of(i / 100.0));
        }

        assertEquals(1 + Subscriber.WINDOW_MESSAGES, slow.messages().size());
        assertEquals(other.messages().subList(0, slow.messages().size()), slow.messages());
    }

    @Test
    void lagsByBytesTooWhenMessagesAreLong() {
        fanout.join(TANK, Position.START, outlet(slow));
        worker.work();
        slow.stall();

        for (int i = 0; i < 6; i++) {
            points.update("sim/tank/log", Value.of("x".repeat(100_000)));
        }

        assertEquals(1 + 3, slow.messages().size());
    }

    @Test
    void partsALongSnapshotIntoMessagesOfModestSize() {
        for (int i = 0; i < 2000; i++) {
            points.update("sim/many/p" + i, Value.of(i));
        }
        FakeSession session = join(new Selection(List.of(PointFilter.of("sim/many/**")), Points.Mode.LATEST), "s");

        assertTrue(session.messages().size() > 3);
        session.messages().forEach(message -> assertTrue(message.size() < 1.5 * Update.TARGET_BYTES));
        assertEquals(2000, Received.of(session.messages()).size());
    }

    @Test
    void tellsAllWhenTheObservationItselfHasMissedSomething() {
        FakeSession session = join(EVERY, "s");
        points.holdSamples();
        points.update("sim/tank/level", Value.of(0.5));

        points.overflow(7);

        assertTrue(last(session.messages()).text().startsWith("{\"op\":\"lagged\",\"missed\":7,"));
    }

    private FakeSession join(Selection selection, String id) {
        FakeSession session = Fixtures.session(id, Role.VIEWER);
        fanout.join(selection, Position.START, outlet(session));
        worker.work();
        return session;
    }

    private static Outlet outlet(FakeSession session) {
        return update -> session.sendTracked(update.message());
    }

    private static <T> T last(List<T> list) {
        return new ArrayList<>(list).get(list.size() - 1);
    }
}
