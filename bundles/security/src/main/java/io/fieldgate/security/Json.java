package io.fieldgate.security;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small JSON objects, read strictly and written in ASCII: whatever stands in a text, it is one line without control characters. */
final class Json {

    private static final int LONGEST_TEXT = 10_000;
    private static final int DEEPEST = 4;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNumberLength(20)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // What is cut off, and secrets in it, does not belong into messages.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private Json() {}

    /** Writes members. */
    @FunctionalInterface
    interface Part {

        void to(JsonGenerator json) throws IOException;
    }

    static byte[] object(Part members) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream(256)) {
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

    /**
     * Reads one object, and nothing behind it.
     *
     * @return its members: {@code String}, {@code Long}, {@code List} or {@code Map}; others are left out
     * @throws IOException if it is not whole
     */
    static Map<String, Object> read(byte[] text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is not a JSON object");
            }
            Map<String, Object> object = members(parser);
            if (parser.nextToken() != null) {
                throw new IOException("there is more behind the JSON object");
            }
            return object;
        }
    }

    private static Map<String, Object> members(JsonParser parser) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            Object value = value(parser);
            if (!value.equals(NOTHING)) {
                members.put(name, value);
            }
        }
        return members;
    }

    private static final Object NOTHING = new Object();

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case START_OBJECT -> members(parser);
            case START_ARRAY -> elements(parser);
            default -> NOTHING;
        };
    }

    private static List<Object> elements(JsonParser parser) throws IOException {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null) {
                throw new IOException("the JSON is cut off");
            }
            elements.add(value(parser));
        }
        return elements;
    }
}
