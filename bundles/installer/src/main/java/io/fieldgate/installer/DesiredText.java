package io.fieldgate.installer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldgate.api.gateway.Update;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of the state file that is for the installer: {@link Desired} as one line of JSON. */
final class DesiredText {

    private static final JsonFactory FACTORY = new JsonFactory();

    private DesiredText() {}

    static byte[] write(Desired desired) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024)) {
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                json.writeStartObject();
                json.writeArrayFieldStart("bundles");
                for (Map.Entry<String, Desired.Layers> entry : desired.bundles().entrySet()) {
                    write(json, entry.getKey(), entry.getValue());
                }
                json.writeEndArray();
                json.writeArrayFieldStart("refused");
                for (Map.Entry<String, Desired.Refused> entry :
                        desired.refused().entrySet()) {
                    json.writeStartObject();
                    json.writeStringField("file", entry.getKey());
                    json.writeStringField("sha256", entry.getValue().sha256());
                    json.writeNumberField("modified", entry.getValue().modified());
                    json.writeStringField("reason", entry.getValue().reason());
                    json.writeEndObject();
                }
                json.writeEndArray();
                if (desired.open().isPresent()) {
                    json.writeFieldName("open");
                    write(json, desired.open().get());
                }
                json.writeArrayFieldStart("ended");
                for (Deed deed : desired.ended()) {
                    write(json, deed);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new AssertionError("a buffer in memory cannot fail", e);
        }
    }

    private static void write(JsonGenerator json, String name, Desired.Layers layers) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        if (layers.dropped().isPresent()) {
            json.writeStringField("file", layers.dropped().get().file());
            write(json, "dropped", layers.dropped().map(Desired.Dropped::version));
        }
        write(json, "update", layers.update());
        write(json, "before", layers.before());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String field, Optional<Desired.Version> version) throws IOException {
        if (version.isPresent()) {
            json.writeObjectFieldStart(field);
            json.writeStringField("sha256", version.get().sha256());
            json.writeStringField("version", version.get().version());
            writeOptional(json, "signer", version.get().signer());
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, Deed deed) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", deed.id());
        json.writeStringField("by", deed.by());
        json.writeStringField("since", deed.since().toString());
        json.writeStringField("changed", deed.changed().toString());
        json.writeStringField("state", deed.state().name());
        writeOptional(json, "reason", deed.reason());
        json.writeArrayFieldStart("parts");
        for (Deed.Part part : deed.parts()) {
            json.writeStartObject();
            json.writeStringField("name", part.symbolicName());
            writeOptional(json, "from", part.from());
            writeOptional(json, "to", part.to());
            writeOptional(json, "signer", part.signer());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeOptional(JsonGenerator json, String field, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(field, text.get());
        }
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @throws IOException if it is anything else
     */
    static Desired read(byte[] text) throws IOException {
        Map<?, ?> members;
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            members = object(value(parser));
        }
        try {
            Desired desired = Desired.SHIPPED;
            for (Object element : list(members, "bundles")) {
                Map<?, ?> bundle = object(element);
                desired = desired.with(text(bundle, "name"), layers(bundle));
            }
            for (Object element : list(members, "refused")) {
                Map<?, ?> refused = object(element);
                desired = desired.refusing(
                        text(refused, "file"),
                        new Desired.Refused(
                                text(refused, "sha256"), number(refused, "modified"), text(refused, "reason")));
            }
            List<Deed> ended = new ArrayList<>();
            for (Object element : list(members, "ended")) {
                ended.add(deed(object(element)));
            }
            Optional<Deed> open =
                    members.containsKey("open") ? Optional.of(deed(object(members.get("open")))) : Optional.empty();
            return new Desired(desired.bundles(), desired.refused(), open, ended);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IOException("the state is not as it must be: " + e.getMessage(), e);
        }
    }

    private static Desired.Layers layers(Map<?, ?> bundle) throws IOException {
        Optional<Desired.Version> dropped = version(bundle, "dropped");
        return new Desired.Layers(
                dropped.isPresent()
                        ? Optional.of(new Desired.Dropped(text(bundle, "file"), dropped.get()))
                        : Optional.empty(),
                version(bundle, "update"),
                version(bundle, "before"));
    }

    private static Optional<Desired.Version> version(Map<?, ?> bundle, String field) throws IOException {
        if (!bundle.containsKey(field)) {
            return Optional.empty();
        }
        Map<?, ?> version = object(bundle.get(field));
        return Optional.of(
                new Desired.Version(text(version, "sha256"), text(version, "version"), optional(version, "signer")));
    }

    private static Deed deed(Map<?, ?> deed) throws IOException {
        List<Deed.Part> parts = new ArrayList<>();
        for (Object element : list(deed, "parts")) {
            Map<?, ?> part = object(element);
            parts.add(new Deed.Part(
                    text(part, "name"), optional(part, "from"), optional(part, "to"), optional(part, "signer")));
        }
        return new Deed(
                number(deed, "id"),
                text(deed, "by"),
                Instant.parse(text(deed, "since")),
                Instant.parse(text(deed, "changed")),
                Update.State.valueOf(text(deed, "state")),
                optional(deed, "reason"),
                parts);
    }

    private static Map<?, ?> object(Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IOException("the state has something else where an object should be");
    }

    private static List<?> list(Map<?, ?> members, String field) throws IOException {
        if (members.get(field) instanceof List<?> list) {
            return list;
        }
        throw new IOException("the state has no list of " + field);
    }

    private static String text(Map<?, ?> members, String field) throws IOException {
        return optional(members, field).orElseThrow(() -> new IOException("the state has an entry without " + field));
    }

    private static Optional<String> optional(Map<?, ?> members, String field) {
        return Optional.ofNullable(members.get(field))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private static long number(Map<?, ?> members, String field) throws IOException {
        if (members.get(field) instanceof Long number) {
            return number;
        }
        throw new IOException("the state has an entry without " + field);
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case START_OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield elements;
            }
            default -> throw new IOException("the state is not as it must be");
        };
    }
}
