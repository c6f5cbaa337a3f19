package io.fieldgate.api.data;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Why a session ends: a status code of RFC 6455, 7.4 and a line for people.
 *
 * @param code the status code, 1000 to 4999
 * @param text one line, at most 123 bytes of UTF-8 (RFC 6455, 5.5.1); maybe empty
 */
public record CloseReason(int code, String text) {

    /** The purpose was fulfilled. */
    public static final int NORMAL = 1000;

    /** The gateway shuts down, or the client leaves the page. */
    public static final int GOING_AWAY = 1001;

    /** The peer broke the protocol. */
    public static final int PROTOCOL_ERROR = 1002;

    /** The message is of a kind that is not taken here. */
    public static final int UNSUPPORTED = 1003;

    /** Never sent: the peer's close frame had no status. */
    public static final int NO_STATUS = 1005;

    /** Never sent: the connection ended without a close frame. */
    public static final int ABNORMAL = 1006;

    /** A text message was not UTF-8. */
    public static final int BAD_PAYLOAD = 1007;

    /** A policy was broken and no other code fits. */
    public static final int POLICY = 1008;

    /** A message was too big. */
    public static final int TOO_BIG = 1009;

    /** The handler failed. */
    public static final int INTERNAL_ERROR = 1011;

    /** The service restarts; the client may come back (IANA registry of close codes). */
    public static final int SERVICE_RESTART = 1012;

    /** The client does not keep up; it may come back later (IANA registry of close codes). */
    public static final int TRY_AGAIN_LATER = 1013;

    private static final int LONGEST = 123;

    /**
     * Checks the code and the length.
     *
     * @throws IllegalArgumentException if the code lies outside 1000 to 4999, or the text is longer than 123 bytes
     */
    public CloseReason {
        Objects.requireNonNull(text, "text");
        if (code < NORMAL || code > 4999) {
            throw new IllegalArgumentException("a close code is 1000 to 4999, got " + code);
        }
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST) {
            throw new IllegalArgumentException("a close reason has at most 123 bytes of UTF-8, got " + length);
        }
    }

    /**
     * The end of a session whose purpose was fulfilled.
     *
     * @return code 1000 without a text
     */
    public static CloseReason normal() {
        return new CloseReason(NORMAL, "");
    }

    /**
     * Tells whether the code may stand in a close frame: 1004, 1005, 1006, 1015 to 2999 may not (RFC 6455, 7.4).
     *
     * @return true if it may be sent
     */
    public boolean sendable() {
        return code >= 3000 || (code <= 1014 && code != 1004 && code != NO_STATUS && code != ABNORMAL);
    }

    /** The code and the text: {@code 1013 queue full}. */
    @Override
    public String toString() {
        return text.isEmpty() ? Integer.toString(code) : code + " " + text;
    }
}
