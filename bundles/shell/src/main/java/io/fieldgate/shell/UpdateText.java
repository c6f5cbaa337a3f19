package io.fieldgate.shell;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fieldgate.api.gateway.Update;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How updates are told: to people in a line, to programs in JSON (RFC 8259). */
final class UpdateText {

    private static final JsonFactory JSON = new JsonFactory();

    /** Writes one value. */
    private interface Body {

        void write(JsonGenerator json) throws IOException;
    }

    private UpdateText() {}

    /** A state, as people read it. */
    static String state(Update.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** A state, with the reason once there is one. */
    static String state(Update update, Update.State state) {
        String reason = state.isEnd() ? update.reason().orElse("") : "";
        return state(state) + (reason.isEmpty() ? "" : ": " + Table.printable(reason));
    }

    /** The bundles with their versions before and after. */
    static String parts(Update update) {
        return update.parts().stream()
                .map(part -> part.symbolicName()
                        + ' ' + part.from().orElse("none")
                        + " -> " + part.to().orElse("none"))
                .collect(Collectors.joining(", "));
    }

    /** Number and bundles. */
    static String line(Update update) {
        return Table.printable("update " + update.id() + ": " + parts(update));
    }

    /** Those that have not ended, in their order, or nothing if there are none. */
    static Optional<String> underWay(List<Update> updates, Instant now) {
        return updates.stream()
                .filter(update -> !update.state().isEnd())
                .sorted(Comparator.comparing(Update::id))
                .map(update -> update.id() + " " + state(update.state()) + " for " + Age.between(update.changed(), now)
                        + " (" + parts(update) + ')')
                .reduce((one, next) -> one + "; " + next);
    }

    /** One update as an object. */
    static String json(Update update) {
        return json(json -> write(json, update));
    }

    /** Many as an object with a list in it. */
    static String json(List<Update> updates) {
        return json(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("updates");
            for (Update update : updates) {
                write(json, update);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static String json(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be written", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Update update) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", update.id());
        json.writeStringField("state", state(update.state()).replace(' ', '-'));
        optional(json, "reason", update.reason());
        json.writeStringField("by", update.by());
        json.writeStringField("since", update.since().toString());
        json.writeStringField("changed", update.changed().toString());
        json.writeArrayFieldStart("parts");
        for (Update.Part part : update.parts()) {
            json.writeStartObject();
            json.writeStringField("name", part.symbolicName());
            optional(json, "from", part.from());
            optional(json, "to", part.to());
            optional(json, "signer", part.signer());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void optional(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }
}
