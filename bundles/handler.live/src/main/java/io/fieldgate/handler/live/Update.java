package io.fieldgate.handler.live;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Samples that leave in one message. Encoded when first asked for and then kept, so that all clients that get this update
 * get the same bytes.
 *
 * <p><b>Threading.</b> Safe for use by many threads; two that come first together may both encode, with the same result.
 */
final class Update {

    /** About how long a message with samples gets, in bytes, before another one is begun; a single sample may be longer. */
    static final int TARGET_BYTES = 64 * 1024;

    /** Nothing new. */
    static final Update NONE = new Update(List.of(), false, 0);

    private static final int SAMPLE_BYTES = 110;

    private final List<Sample> samples;
    private final boolean lagged;
    private final long missed;
    private volatile Message message;
    private volatile byte[] event;

    private Update(List<Sample> samples, boolean lagged, long missed) {
        this.samples = samples;
        this.lagged = lagged;
        this.missed = missed;
    }

    /** Samples that follow on what was sent before, in as many updates as their size asks for; none for no samples. */
    static List<Update> of(List<Sample> samples) {
        return samples.isEmpty() ? List.of() : split(samples, false, 0);
    }

    /** Samples in one update, whatever its size. */
    static Update whole(List<Sample> samples) {
        return new Update(samples, false, 0);
    }

    /** A snapshot after a loss, in as many updates as its size asks for; the first, which may be empty, says what was lost. */
    static List<Update> lagged(List<Sample> snapshot, long missed) {
        return split(snapshot, true, missed);
    }

    private static List<Update> split(List<Sample> samples, boolean lagged, long missed) {
        List<Update> updates = new ArrayList<>(1);
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < samples.size(); i++) {
            long next = bytesOf(samples.get(i));
            if (i > from && bytes + next > TARGET_BYTES) {
                updates.add(new Update(samples.subList(from, i), lagged && from == 0, missed));
                from = i;
                bytes = 0;
            }
            bytes += next;
        }
        updates.add(new Update(samples.subList(from, samples.size()), lagged && from == 0, missed));
        return updates;
    }

    private static long bytesOf(Sample sample) {
        long value = sample.value().map(Update::bytesOf).orElse(4L);
        return SAMPLE_BYTES + sample.point().toString().length() + value;
    }

    private static long bytesOf(Value value) {
        if (value instanceof Value.TextValue text) {
            return text.value().length();
        }
        return value instanceof Value.BytesValue bytes ? bytes.value().length * 4L / 3 : 20;
    }

    /** This update without the samples that a client has. */
    Update after(long last) {
        if (samples.isEmpty() || samples.get(0).sequence() > last) {
            return this;
        }
        return new Update(samples.subList(samples.size() - count(last), samples.size()), lagged, missed);
    }

    /** How many samples come after a sequence number. */
    int count(long last) {
        int count = 0;
        while (count < samples.size() && samples.get(samples.size() - 1 - count).sequence() > last) {
            count++;
        }
        return count;
    }

    List<Sample> samples() {
        return samples;
    }

    /** True if samples were lost before these. */
    boolean lagged() {
        return lagged;
    }

    /** How many samples are known to be lost; 0 unless {@link #lagged}. */
    long missed() {
        return lagged ? missed : 0;
    }

    /** Sequence number of the first sample, 0 if there is none. */
    long first() {
        return samples.isEmpty() ? 0 : samples.get(0).sequence();
    }

    /** Sequence number of the last sample, 0 if there is none. */
    long last() {
        return samples.isEmpty() ? 0 : samples.get(samples.size() - 1).sequence();
    }

    /** The update as a message of the live protocol. */
    Message message() {
        Message encoded = message;
        if (encoded == null) {
            encoded = lagged ? LiveJson.lagged(missed, samples) : LiveJson.samples(samples);
            message = encoded;
        }
        return encoded;
    }

    /** The update as a server-sent event (HTML Standard, 9.2), whose id says where to resume. */
    byte[] event(String epoch) {
        byte[] encoded = event;
        if (encoded == null) {
            String text = "id: " + epoch + ':' + last() + "\ndata: " + message().text() + "\n\n";
            encoded = text.getBytes(StandardCharsets.UTF_8);
            event = encoded;
        }
        return encoded;
    }
}
