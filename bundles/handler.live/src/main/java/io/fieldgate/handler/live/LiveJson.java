package io.fieldgate.handler.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;

/** What the gateway says in the live protocol, as JSON (RFC 8259). */
final class LiveJson {

    /** The greatest integer that every reader of JSON takes exactly (RFC 7493, 2.2); one beyond is sent as a string. */
    static final long SAFE_INTEGER = (1L << 53) - 1;

    /** How deep a request may be nested, and how long its names and numbers may be, in characters. */
    static final int MAX_NESTING = 8;

    static final int MAX_NAME = 256;
    static final int MAX_NUMBER = 64;

    /** Buffers are pooled here and not in the threads, for the threads outlive this bundle. */
    static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .recyclerPool(JsonRecyclerPools.newBoundedPool(16))
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_NUMBER)
                    .maxStringLength(Request.MAX_BYTES)
                    .maxDocumentLength(Request.MAX_BYTES)
                    .build())
            .build();

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private LiveJson() {}

    /** Writes a part of a message. */
    @FunctionalInterface
    interface Part {
        void write(JsonGenerator json) throws IOException;
    }

    /** One JSON object as UTF-8. */
    static byte[] object(Part members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The answer to a request that succeeded. */
    static Message ok(String id, Part members) {
        return Message.utf8(object(json -> {
            json.writeStringField("op", "ok");
            writeId(json, id);
            members.write(json);
        }));
    }

    /** The answer to a request that failed. */
    static Message error(String id, String code, String detail) {
        return Message.utf8(object(json -> {
            json.writeStringField("op", "error");
            writeId(json, id);
            json.writeStringField("code", code);
            json.writeStringField("detail", detail);
        }));
    }

    static Message samples(List<Sample> samples) {
        return Message.utf8(object(json -> {
            json.writeStringField("op", "samples");
            writeSamples(json, samples);
        }));
    }

    static Message lagged(long missed, List<Sample> snapshot) {
        return Message.utf8(object(json -> {
            json.writeStringField("op", "lagged");
            json.writeNumberField("missed", missed);
            writeSamples(json, snapshot);
        }));
    }

    private static void writeId(JsonGenerator json, String id) throws IOException {
        json.writeFieldName("id");
        json.writeRawValue(id);
    }

    static void writeSamples(JsonGenerator json, List<Sample> samples) throws IOException {
        json.writeArrayFieldStart("samples");
        for (Sample sample : samples) {
            json.writeStartObject();
            writeSample(json, sample);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void writeSample(JsonGenerator json, Sample sample) throws IOException {
        json.writeStringField("point", sample.point().toString());
        Value value = sample.value().orElse(null);
        Quality quality = sample.quality();
        json.writeFieldName("value");
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Value.DecimalValue decimal && !Double.isFinite(decimal.value())) {
            json.writeNull();
            quality = quality.level() == Quality.Level.BAD ? quality : Quality.bad(Quality.Code.NOT_A_VALUE);
        } else {
            writeValue(json, value);
        }
        json.writeStringField("quality", quality.level().id());
        if (quality.code() != Quality.Code.OK) {
            json.writeStringField("code", quality.code().id());
        }
        json.writeStringField("time", TIME.format(sample.time()));
        json.writeNumberField("seq", sample.sequence());
    }

    private static void writeValue(JsonGenerator json, Value value) throws IOException {
        if (value instanceof Value.BooleanValue bool) {
            json.writeBoolean(bool.value());
        } else if (value instanceof Value.IntegerValue integer) {
            long number = integer.value();
            if (number > SAFE_INTEGER || number < -SAFE_INTEGER) {
                json.writeString(Long.toString(number));
            } else {
                json.writeNumber(number);
            }
        } else if (value instanceof Value.DecimalValue decimal) {
            json.writeNumber(decimal.value());
        } else if (value instanceof Value.BytesValue bytes) {
            json.writeBinary(bytes.value());
        } else {
            json.writeString(value.toString());
        }
    }

    static void writeDevices(JsonGenerator json, List<DeviceInfo> devices) throws IOException {
        json.writeArrayFieldStart("devices");
        for (DeviceInfo device : devices) {
            json.writeStartObject();
            json.writeStringField("id", device.id().toString());
            writeText(json, "description", device.description());
            json.writeArrayFieldStart("points");
            for (PointInfo point : device.points()) {
                writePoint(json, point);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writePoint(JsonGenerator json, PointInfo point) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", point.id().toString());
        json.writeStringField("type", point.type().id());
        writeText(json, "unit", point.unit());
        json.writeStringField("access", point.access().id());
        if (point.range().isPresent()) {
            json.writeNumberField("min", point.range().get().min());
            json.writeNumberField("max", point.range().get().max());
        }
        if (point.pollPeriod().isPresent()) {
            Duration period = point.pollPeriod().get();
            json.writeNumberField("periodMs", period.toMillis());
        }
        writeText(json, "description", point.description());
        writeRules(json, point);
        json.writeEndObject();
    }

    /** What a write must keep to, where it is not as with most points. */
    private static void writeRules(JsonGenerator json, PointInfo point) throws IOException {
        if (point.role() != Role.OPERATOR) {
            json.writeStringField("role", point.role().id());
        }
        if (!point.allowed().isEmpty()) {
            json.writeArrayFieldStart("allowed");
            for (Value value : point.allowed()) {
                writeValue(json, value);
            }
            json.writeEndArray();
        }
        if (point.safe().isPresent()) {
            json.writeFieldName("safe");
            writeValue(json, point.safe().get());
        }
        if (point.confirmed()) {
            json.writeBooleanField("confirmed", true);
        }
    }

    private static void writeText(JsonGenerator json, String name, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(name, text);
        }
    }
}
