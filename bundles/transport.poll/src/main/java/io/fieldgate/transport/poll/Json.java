package io.fieldgate.transport.poll;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** JSON (RFC 8259) as this transport reads and writes it. */
final class Json {

    /** How deep a body may be nested, and how long its names and numbers may be, in characters. */
    private static final int MAX_NESTING = 8;

    private static final int MAX_NAME = 256;
    private static final int MAX_NUMBER = 64;

    private Json() {}

    /**
     * Reads bodies. Buffers are pooled here and not in the threads, for the threads outlive this bundle.
     *
     * @param maxBytes the greatest body
     */
    static JsonFactory reader(int maxBytes) {
        return new JsonFactoryBuilder()
                .recyclerPool(JsonRecyclerPools.newBoundedPool(4))
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .maxNameLength(MAX_NAME)
                        .maxNumberLength(MAX_NUMBER)
                        .maxStringLength(maxBytes)
                        .maxDocumentLength(maxBytes)
                        .build())
                .build();
    }

    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /** A text as a string, a binary message as an object. */
    static byte[] message(Message message) {
        return message.isText()
                ? string(message)
                : ("{\"binary\":\"" + base64(message) + "\"}").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A text message as a string. It is taken from its bytes: a text may have surrogates without a partner, they have none. */
    static byte[] string(Message message) {
        return quoted(StandardCharsets.UTF_8.decode(message.bytes()).toString()).getBytes(StandardCharsets.UTF_8);
    }

    static String base64(Message message) {
        return StandardCharsets.ISO_8859_1
                .decode(Base64.getEncoder().encode(message.bytes()))
                .toString();
    }

    static String close(CloseReason reason) {
        return "{\"code\":" + reason.code() + ",\"reason\":" + quoted(reason.text()) + '}';
    }
}
