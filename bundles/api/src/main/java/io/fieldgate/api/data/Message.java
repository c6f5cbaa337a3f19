package io.fieldgate.api.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;

/**
 * One message of a session, text or binary.
 *
 * <p>A message is immutable and can be sent to any number of sessions. It is encoded once and the bytes are shared; what a
 * transport makes of them (a frame, an event) is made once too and kept with the message, see {@link #encodedAs}. So a
 * broadcast costs no encoding, copy or allocation per client.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
public final class Message {

    private final boolean binary;
    private final byte[] payload;
    private volatile String text;
    private volatile Encoded encoded;

    private Message(boolean binary, byte[] payload, String text) {
        this.binary = binary;
        this.payload = payload;
        this.text = text;
    }

    private record Encoded(Object form, Object result) {}

    /**
     * A text message.
     *
     * @param text the text; a surrogate that has no partner is sent as {@code ?}
     * @return the message
     */
    public static Message text(String text) {
        return new Message(false, text.getBytes(StandardCharsets.UTF_8), text);
    }

    /**
     * A text message of bytes that are known to be UTF-8. They are neither checked nor copied: the caller must not change
     * them afterwards.
     *
     * @param utf8 the whole text in valid UTF-8
     * @return the message
     */
    public static Message utf8(byte[] utf8) {
        return new Message(false, Objects.requireNonNull(utf8, "utf8"), null);
    }

    /**
     * A binary message. The bytes are not copied: the caller must not change them afterwards.
     *
     * @param bytes the payload
     * @return the message
     */
    public static Message binary(byte[] bytes) {
        return new Message(true, Objects.requireNonNull(bytes, "bytes"), null);
    }

    /**
     * Tells text from binary.
     *
     * @return true for a text message
     */
    public boolean isText() {
        return !binary;
    }

    /**
     * The text.
     *
     * @return the whole text
     * @throws IllegalStateException if this is a binary message
     */
    public String text() {
        if (binary) {
            throw new IllegalStateException("this is a binary message");
        }
        String decoded = text;
        if (decoded == null) {
            decoded = new String(payload, StandardCharsets.UTF_8);
            text = decoded;
        }
        return decoded;
    }

    /**
     * The payload: the octets of a binary message, the UTF-8 of a text message.
     *
     * @return a read-only view of the bytes, with a position of its own
     */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(payload).asReadOnlyBuffer();
    }

    /**
     * The size of the payload.
     *
     * @return the number of bytes
     */
    public int size() {
        return payload.length;
    }

    /**
     * What a transport puts on the wire for this message, made at the first call and kept for all later ones of the same
     * form. Two threads that come first together may both call the encoder; the results must be interchangeable.
     *
     * @param <T> the type of the encoded form
     * @param form names the form, compared by identity; the encoding that was asked for last is the one that is kept
     * @param encoder makes the encoded form, which nobody may change afterwards
     * @return the encoded form
     */
    public <T> T encodedAs(Class<T> form, Function<Message, T> encoder) {
        Encoded kept = encoded;
        if (kept == null || kept.form() != form) {
            kept = new Encoded(form, encoder.apply(this));
            encoded = kept;
        }
        return form.cast(kept.result());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message message && message.binary == binary && Arrays.equals(message.payload, payload);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(payload);
    }

    /** The kind and the size, never the content. */
    @Override
    public String toString() {
        return (binary ? "binary message of " : "text message of ") + payload.length + " bytes";
    }
}
