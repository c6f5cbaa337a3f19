package io.fieldgate.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The attributes of one session: a few texts that survive a takeover.
 *
 * <p><b>Threading.</b> Not for use by several threads; the session's lock guards it.
 */
final class SessionNotes {

    static final int MAX_NOTES = 64;
    static final int MAX_KEY = 256;
    static final int MAX_VALUE = 65_536;

    private Map<String, String> notes = Map.of();

    Optional<String> get(String key) {
        return Optional.ofNullable(notes.get(key));
    }

    /** Notes a text, or removes it if it is empty. */
    void put(String key, String value) {
        if (value.isEmpty()) {
            if (!notes.isEmpty()) {
                notes.remove(key);
            }
            return;
        }
        if (notes.size() >= MAX_NOTES && !notes.containsKey(key)) {
            throw new IllegalArgumentException("a session has at most " + MAX_NOTES + " attributes");
        }
        if (notes.isEmpty()) {
            notes = new HashMap<>();
        }
        notes.put(key, value);
    }

    /** Refuses texts that are too long. */
    static void check(String key, String value) {
        if (key.length() > MAX_KEY) {
            throw new IllegalArgumentException(
                    "the key of an attribute has at most " + MAX_KEY + " characters, got " + key.length());
        }
        if (value.length() > MAX_VALUE) {
            throw new IllegalArgumentException(
                    "an attribute has at most " + MAX_VALUE + " characters, got " + value.length());
        }
    }
}
