package io.fieldgate.core;

import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.SampleBatch;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.gateway.Points.Mode;
import io.fieldgate.api.handler.PointObserver;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** A handler of a bundle with a loader of its own: it observes, asks, and never cleans up. */
public final class ForeignHandler implements PointObserver, Function<Points, CountDownLatch> {

    private static final ThreadLocal<ForeignHandler> MINE = new ThreadLocal<>();

    private final CountDownLatch observed = new CountDownLatch(2);

    /** Gives what is down when both observations have begun. */
    @Override
    public CountDownLatch apply(Points points) {
        // An answer that is there already is told on this thread, the test's own, which nobody could clean.
        Thread asking = Thread.currentThread();
        points.refresh(PointId.of("linux/cpu/load")).whenComplete((sample, failure) -> {
            if (Thread.currentThread() != asking) {
                MINE.set(this);
            }
        });
        points.observe(List.of(PointFilter.of("sim/**")), Mode.LATEST, OptionalLong.empty(), this);
        points.observe(List.of(PointFilter.ALL), Mode.EVERY, OptionalLong.empty(), this);
        return observed;
    }

    @Override
    public void observed(SampleBatch batch) {
        MINE.set(this);
        observed.countDown();
    }
}
