package io.fieldgate.api.gateway;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.handler.PointObserver;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the hardware says, and the way to drive it. A service; each bundle has one of its own, and what it still observes
 * when it goes ends with it.
 *
 * <p>The devices of a driver that has gone stay listed for a while (30 s unless configured), their points BAD ({@code
 * disconnected}) with their last values, so that a new version of the driver takes over without a gap.
 *
 * <p><b>Threading.</b> Safe for use by many threads. No method waits for hardware: what may take time returns a stage, which
 * completes on a thread of the gateway.
 */
@ProviderType
public interface Points {

    /** How an observer wants its samples. More may follow: a switch over them needs a default. */
    enum Mode {
        /** Of each point the newest: what came in between while the observer was busy is left out. */
        LATEST,
        /** Each sample. What waits is bounded; an observer that lags further behind is told how many it missed. */
        EVERY
    }

    /**
     * Names this run of the gateway: sequence numbers of another run mean nothing.
     *
     * @return a text that is new at each start
     */
    String epoch();

    /**
     * Lists the devices that are there now.
     *
     * @return a snapshot, by id
     */
    List<DeviceInfo> devices();

    /**
     * Lists the drivers that are there now.
     *
     * @return a snapshot, by id
     */
    List<DriverInfo> drivers();

    /**
     * Describes a point.
     *
     * @param point the point
     * @return its description, or empty if no device has it now
     */
    Optional<PointInfo> info(PointId point);

    /**
     * The last sample of a point.
     *
     * @param point the point
     * @return the sample, or empty if no device has the point now; a point that was not read yet has a BAD one
     *     ({@code waiting})
     */
    Optional<Sample> latest(PointId point);

    /**
     * The last samples of several points.
     *
     * @param filters the points; one is enough if any filter matches it
     * @param after only samples with a higher sequence number than this; 0 for all
     * @return a snapshot, sequence ascending
     */
    List<Sample> latest(List<PointFilter> filters, long after);

    /**
     * Each sample that came after a sequence number, from the ring of recent samples.
     *
     * @param filters the points; one is enough if any filter matches it
     * @param after the sequence number of the last sample that the caller has
     * @return the samples, sequence ascending, maybe none; or empty if the ring does not reach back that far
     */
    Optional<List<Sample>> since(List<PointFilter> filters, long after);

    /**
     * Observes points, also those that come later. The first batch is a snapshot, or continues after {@code since} if the
     * ring of recent samples reaches back that far.
     *
     * @param filters the points; one is enough if any filter matches it
     * @param mode how the samples are wanted
     * @param since the sequence number of the last sample that the observer has, or empty if it has none
     * @param observer gets the samples; one that throws is logged and gets the next batch all the same
     * @return the observation, which ends when it is closed
     */
    Observation observe(List<PointFilter> filters, Mode mode, OptionalLong since, PointObserver observer);

    /**
     * Reads a point from the hardware now.
     *
     * @param point the point
     * @return a stage that completes with the new sample, be it BAD, or exceptionally with a {@link PointException}:
     *     {@code UNKNOWN_POINT}, {@code WRITE_ONLY}, {@code BUSY} or {@code TIMEOUT}
     */
    CompletionStage<Sample> refresh(PointId point);

    /**
     * Writes a point in the bundle's own right, as {@link #write(PointId, Value, Write)} with {@link Write#own} does.
     *
     * @param point the point
     * @param value the value
     * @return a stage that completes with what the point says, or exceptionally with a {@link PointException}
     */
    default CompletionStage<Sample> write(PointId point, Value value) {
        return write(point, value, Write.own());
    }

    /**
     * Writes a point, after type, range, the values that are allowed and the writer's role have been checked. An integer is taken
     * for a decimal point. If {@link PointInfo#confirmed()}, the point is read back at once and must say what was written: a
     * number within the dead band, everything else exactly. The audit log, if there is one, is told who wrote which point, and
     * whether it was done, refused or failed.
     *
     * @param point the point
     * @param value the value
     * @param how who writes, and what becomes of the point when the writer is lost
     * @return a stage that completes with what the point says when the device has confirmed it, or exceptionally with a
     *     {@link PointException}
     */
    CompletionStage<Sample> write(PointId point, Value value, Write how);
}
