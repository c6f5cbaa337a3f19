package io.fieldgate.handler.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.Value;
import io.fieldgate.testkit.FakePoints;
import io.fieldgate.testkit.FakeSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plays random histories, with clients that come, stall, go on and change hands at any moment, and checks what must hold
 * whatever happens. A seed that fails can be put into the list of seeds.
 */
class TakeoverAndLagTest {

    private static final int STEPS = 3000;
    private static final int POINTS = 12;

    private final FakePoints points = new FakePoints();
    private final List<Reading> history = new ArrayList<>();
    private ManualWorker worker = new ManualWorker();
    private LiveHandler handler = new LiveHandler(new Fanout(points, worker, () -> 0), new Writes(points));
    private final List<FakeSession> sessions = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void leavesNothingOutForWhoWantsEverySample(long seed) {
        points.keep(Integer.MAX_VALUE);
        play(new Random(seed), "every");

        for (FakeSession session : sessions) {
            List<Received> got = ascending(session);
            long first =
                    got.isEmpty() ? Long.MAX_VALUE : got.get(got.size() - 1).sequence();
            int snapshotEnd = endOfSnapshot(got);
            if (snapshotEnd >= 0) {
                first = got.get(snapshotEnd).sequence();
            }
            List<Long> expected = new ArrayList<>();
            for (long seq = first; seq <= history.size() && first != Long.MAX_VALUE; seq++) {
                expected.add(seq);
            }
            List<Long> sequences = got.stream().map(Received::sequence).toList();
            assertEquals(expected, sequences.subList(Math.max(0, snapshotEnd), sequences.size()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void bringsEveryClientTheNewestOfEachPoint(long seed) {
        points.keep(5);
        play(new Random(seed), "latest");

        Map<String, String> newest = new HashMap<>();
        points.latest(List.of(PointFilter.ALL), 0)
                .forEach(sample -> newest.put(
                        sample.point().toString(), sample.value().orElseThrow().toString()));
        for (FakeSession session : sessions) {
            Map<String, String> shown = new HashMap<>();
            ascending(session).forEach(sample -> shown.put(sample.point(), sample.value()));
            assertEquals(newest, shown);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void neverSaysThatMoreIsMissingThanIs(long seed) {
        points.keep(3);
        play(new Random(seed), "every");

        boolean lagged = false;
        for (FakeSession session : sessions) {
            long missed = session.messages().stream()
                    .filter(message -> message.text().startsWith("{\"op\":\"lagged\""))
                    .mapToLong(message -> Long.parseLong(message.text().replaceAll(".*\"missed\":([0-9]+).*", "$1")))
                    .sum();
            lagged |= missed > 0;
            assertTrue(missed + ascending(session).size() <= history.size() + POINTS);
        }
        assertTrue(lagged, "nobody has lagged, so this test shows nothing");
    }

    private void play(Random random, String mode) {
        if (random.nextBoolean()) {
            points.holdSamples();
        }
        for (int i = 0; i < POINTS; i++) {
            update(i, -1);
        }
        for (int step = 0; step < STEPS; step++) {
            FakeSession any = sessions.isEmpty() ? null : sessions.get(random.nextInt(sessions.size()));
            switch (any == null ? 0 : random.nextInt(20)) {
                case 0 -> come(mode);
                case 1, 2 -> any.stall();
                case 3 -> any.catchUp();
                case 4, 5, 6 -> {
                    if (any.waiting() > 0) {
                        any.leaveOne();
                    }
                }
                case 7 -> replaceHandler(random.nextInt(4));
                case 8, 9, 10 -> worker.work();
                case 11, 12 -> points.deliver();
                default -> update(random.nextInt(POINTS), step);
            }
        }
        do {
            points.deliver();
            worker.work();
            sessions.forEach(FakeSession::catchUp);
        } while (worker.hasWork());
    }

    private void update(int point, int value) {
        Reading reading = Reading.good(PointId.of("sim/device/p" + point), Value.of((long) value));
        history.add(reading);
        points.update(reading);
    }

    private void come(String mode) {
        if (sessions.size() < 10) {
            FakeSession session = Fixtures.session("s" + sessions.size(), Role.VIEWER);
            sessions.add(session);
            handler.opened(session);
            handler.received(
                    session,
                    Message.text("{\"op\":\"subscribe\",\"id\":1,\"filters\":[\"**\"],\"mode\":\"" + mode + "\"}"));
        }
    }

    private void replaceHandler(int samplesBetween) {
        for (int i = 0; i < sessions.size(); i++) {
            handler.parked(sessions.get(i));
            // What is under way goes on leaving, but nobody is told of it any more.
            FakeSession successor = sessions.get(i).successor();
            sessions.set(i, successor);
        }
        assertEquals(0, points.observers());
        for (int i = 0; i < samplesBetween; i++) {
            update(i, 1_000_000 + history.size());
        }
        worker = new ManualWorker();
        handler = new LiveHandler(new Fanout(points, worker, () -> 0), new Writes(points));
        sessions.forEach(handler::resumed);
    }

    private static List<Received> ascending(FakeSession session) {
        List<Received> got = Received.of(session.messages());
        for (int i = 1; i < got.size(); i++) {
            assertTrue(got.get(i).sequence() > got.get(i - 1).sequence(), "sequence numbers must ascend");
        }
        return got;
    }

    /** Index of the last sample that belongs to the snapshot at the beginning: behind it there are no gaps. */
    private static int endOfSnapshot(List<Received> got) {
        for (int i = got.size() - 1; i > 0; i--) {
            if (got.get(i).sequence() != got.get(i - 1).sequence() + 1) {
                return i < POINTS ? i : -2;
            }
        }
        return got.isEmpty() ? -1 : 0;
    }
}
