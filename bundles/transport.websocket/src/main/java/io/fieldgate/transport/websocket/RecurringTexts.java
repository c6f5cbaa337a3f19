package io.fieldgate.transport.websocket;

/**
 * Gives one object for texts that are alike. What the requests of many clients have in common (host, browser, language) is
 * then kept once, however many of the clients stay.
 *
 * <p>It forgets a text for another that falls into the same slot, so it never grows; at worst a text is kept twice.
 *
 * <p><b>Threading.</b> Safe for use by many threads: they may miss each other's texts, which does no harm.
 */
final class RecurringTexts {

    private static final int SLOTS = 256;
    /** What is longer seldom recurs, and all slots together must stay small. */
    private static final int MAX_LENGTH = 256;

    private final String[] slots = new String[SLOTS];

    /** The text, or one that is equal and was there before. */
    String of(String text) {
        if (text.length() > MAX_LENGTH) {
            return text;
        }
        int hash = text.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        String known = slots[slot];
        if (text.equals(known)) {
            return known;
        }
        slots[slot] = text;
        return text;
    }
}
