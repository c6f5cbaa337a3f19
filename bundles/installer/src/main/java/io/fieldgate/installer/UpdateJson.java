package io.fieldgate.installer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.fieldgate.api.gateway.FailedFile;
import io.fieldgate.api.gateway.InstalledBundle;
import io.fieldgate.api.gateway.Update;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Bundles and updates in JSON, in ASCII. What there is none of is left out. */
final class UpdateJson {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private UpdateJson() {}

    /** Writes members. */
    @FunctionalInterface
    interface Part {

        void to(JsonGenerator json) throws IOException;
    }

    static byte[] object(Part members) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream(512)) {
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                json.writeStartObject();
                members.to(json);
                json.writeEndObject();
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new AssertionError("a buffer in memory cannot fail", e);
        }
    }

    static void bundles(JsonGenerator json, List<InstalledBundle> bundles) throws IOException {
        json.writeArrayFieldStart("bundles");
        for (InstalledBundle bundle : bundles) {
            json.writeStartObject();
            bundle(json, bundle);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void bundle(JsonGenerator json, InstalledBundle bundle) throws IOException {
        json.writeNumberField("id", bundle.id());
        json.writeStringField("name", bundle.symbolicName());
        json.writeStringField("version", bundle.version());
        json.writeStringField("origin", id(bundle.origin()));
        json.writeStringField("state", id(bundle.state()));
        ifPresent(json, "file", bundle.file());
    }

    static void failures(JsonGenerator json, List<FailedFile> failures) throws IOException {
        json.writeArrayFieldStart("failures");
        for (FailedFile failure : failures) {
            json.writeStartObject();
            json.writeStringField("file", failure.file());
            json.writeStringField("reason", failure.reason());
            json.writeStringField("since", failure.since().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void updates(JsonGenerator json, List<Update> updates) throws IOException {
        json.writeArrayFieldStart("updates");
        for (Update update : updates) {
            json.writeStartObject();
            update(json, update);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void update(JsonGenerator json, Update update) throws IOException {
        json.writeNumberField("id", update.id());
        json.writeStringField("state", id(update.state()));
        ifPresent(json, "reason", update.reason());
        json.writeStringField("by", update.by());
        json.writeStringField("since", update.since().toString());
        json.writeStringField("changed", update.changed().toString());
        json.writeArrayFieldStart("parts");
        for (Update.Part part : update.parts()) {
            json.writeStartObject();
            json.writeStringField("name", part.symbolicName());
            ifPresent(json, "from", part.from());
            ifPresent(json, "to", part.to());
            ifPresent(json, "signer", part.signer());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void ifPresent(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }

    private static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
