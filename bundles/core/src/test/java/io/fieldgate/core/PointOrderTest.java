package io.fieldgate.core;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.SampleBatch;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.handler.PointObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Four drivers that push and eight observers that come in the midst of it. */
class PointOrderTest {

    private static final int PUBLISHERS = 4;
    private static final int ROUNDS = 5_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final PointStore store = new PointStore(1000, Clock.systemUTC(), System::nanoTime);
    private final ObserverPool pool = new ObserverPool(4);
    private final AtomicLong published = new AtomicLong();

    /** Fails on a number that does not ascend; counts what came, what was missed and where the first snapshot ended. */
    private static final class Follower implements PointObserver {

        // Written last and read first, so that the others can be plain.
        private final AtomicLong last = new AtomicLong();
        private long counted;
        private boolean ascending = true;
        private boolean begun;

        @Override
        public void observed(SampleBatch batch) {
            long number = last.get();
            for (Sample sample : batch.samples()) {
                ascending &= sample.sequence() > number;
                number = sample.sequence();
            }
            // From the snapshot on each number is either told or missed: the filter chooses all points.
            counted += begun ? batch.samples().size() + batch.missed() : 0;
            if (!begun) {
                assertTrue(batch.snapshot());
                begun = true;
                counted = number;
            }
            last.set(number);
        }
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void tellsEveryObserverInOneAscendingOrderAndLosesNothingBetweenSnapshotAndStream() throws Exception {
        for (int i = 0; i < PUBLISHERS; i++) {
            show(i);
        }
        CyclicBarrier start = new CyclicBarrier(PUBLISHERS + 1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            int publisher = i;
            threads.add(new Thread(() -> publish(publisher, start)));
        }
        threads.forEach(Thread::start);
        start.await();

        List<Follower> every = new ArrayList<>();
        List<Follower> latest = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            long reached = i * (ROUNDS / 2L);
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> published.get() >= reached);
            every.add(observe(new EveryBacklog(i == 1 ? 10 : 1_000_000)));
            latest.add(observe(new LatestBacklog()));
        }
        for (Thread thread : threads) {
            thread.join(LIMIT.toMillis());
        }

        long end = store.latest(List.of(PointFilter.ALL), 0).get(PUBLISHERS - 1).sequence();
        assertEquals((long) PUBLISHERS * (ROUNDS + 1), end);
        for (Follower follower : every) {
            await().atMost(LIMIT).until(() -> follower.last.get() == end);
            assertTrue(follower.ascending);
            assertEquals(end, follower.counted, "told or missed");
        }
        for (Follower follower : latest) {
            await().atMost(LIMIT).until(() -> follower.last.get() == end);
            assertTrue(follower.ascending);
        }
    }

    private Follower observe(Backlog backlog) {
        Follower follower = new Follower();
        store.observe(
                new ObserverQueue(List.of(PointFilter.ALL), backlog, pool, "test", follower), OptionalLong.empty());
        return follower;
    }

    private void show(int publisher) {
        PointId point = point(publisher);
        PointInfo info = PointInfo.builder(point, ValueType.INTEGER).build();
        store.setDevices(
                publisher,
                point.driver(),
                List.of(DeviceInfo.builder(point.device()).point(info).build()));
    }

    private void publish(int publisher, CyclicBarrier start) {
        try {
            start.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        for (int round = 0; round < ROUNDS; round++) {
            store.publish(
                    publisher, List.of(Reading.good(point(publisher), Value.of(round))), false, (point, flaw) -> {});
            published.incrementAndGet();
        }
    }

    private static PointId point(int publisher) {
        return PointId.of("sim" + publisher + "/tank/level");
    }
}
