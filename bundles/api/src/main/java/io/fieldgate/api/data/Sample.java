package io.fieldgate.api.data;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** A {@link Reading} as the gateway keeps it: with the time of its arrival and its place in the order of all samples. */
public final class Sample {

    private final Reading reading;
    private final Instant receivedAt;
    private final long sequence;

    /**
     * Stamps a reading.
     *
     * @param reading what the driver said
     * @param receivedAt when it arrived, by the gateway's clock
     * @param sequence its number, gateway-wide and ascending; 1 or more
     */
    public Sample(Reading reading, Instant receivedAt, long sequence) {
        this.reading = Objects.requireNonNull(reading, "reading");
        this.receivedAt = Objects.requireNonNull(receivedAt, "receivedAt");
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence must be at least 1, is " + sequence);
        }
        this.sequence = sequence;
    }

    /**
     * What the driver said.
     *
     * @return the reading
     */
    public Reading reading() {
        return reading;
    }

    /**
     * The point that was read.
     *
     * @return its id
     */
    public PointId point() {
        return reading.point();
    }

    /**
     * What the point says.
     *
     * @return the value, or empty if nothing is known
     */
    public Optional<Value> value() {
        return reading.value();
    }

    /**
     * How far the value can be trusted.
     *
     * @return the quality
     */
    public Quality quality() {
        return reading.quality();
    }

    /**
     * When the sample arrived.
     *
     * @return the time by the gateway's clock
     */
    public Instant receivedAt() {
        return receivedAt;
    }

    /**
     * When the value was taken: by the device's clock if it gave a time, else when the sample arrived.
     *
     * @return the best known time
     */
    public Instant time() {
        return reading.deviceTime().orElse(receivedAt);
    }

    /**
     * The sample's place in the order of all samples of this gateway since its start.
     *
     * @return a number of 1 or more; a later sample has a higher one, and numbers may be left out
     */
    public long sequence() {
        return sequence;
    }

    @Override
    public String toString() {
        return "#" + sequence + ' ' + reading;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sample sample
                && sample.sequence == sequence
                && sample.receivedAt.equals(receivedAt)
                && sample.reading.equals(reading);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sequence);
    }
}
