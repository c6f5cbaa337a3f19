package io.fieldgate.itest.malformed;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One conversation, from the first byte to the last, and what is right to be said to it.
 *
 * @param number its number in the run
 * @param name what is wrong with it
 * @param request the bytes of the handshake
 * @param pieces what is sent behind it, if there is an answer of 101; each piece in a write of its own
 * @param early whether the first piece is sent with the request, before the answer
 * @param calm whether the answers to each piece are awaited before the next
 * @param ending how the client ends it
 * @param statuses the statuses that are right; {@link #SILENCE} among them if it need not be answered
 * @param headRule what the head must be like besides
 * @param rules how the frames are to be judged; empty if nothing is known of them, but that they must be frames
 * @param code the close code that the frames are known to lead to, 0 for none, {@link #UNKNOWN} if only the rules tell
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares cases, and bytes are what they are made of
record Case(
        int number,
        String name,
        byte[] request,
        List<byte[]> pieces,
        boolean early,
        boolean calm,
        Ending ending,
        Set<Integer> statuses,
        Predicate<Head> headRule,
        Optional<Referee.Rules> rules,
        int code) {

    /** In place of a status: the connection ends without an answer. */
    static final int SILENCE = 0;

    /** In place of a close code: it is for the {@link Referee} to say. */
    static final int UNKNOWN = -1;

    /** What an exact repetition needs, and all that it sends. */
    String describe(long seed) {
        return "case " + number + " of seed " + seed + ": " + name + ", " + ending + (calm ? ", calm" : "")
                + (early ? ", early" : "") + "\nrequest: " + shown(request) + "\nframes: "
                + pieces.stream().map(Case::shown).collect(Collectors.joining(" | "));
    }

    private static String shown(byte[] bytes) {
        StringBuilder shown = new StringBuilder();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < Math.min(text.length(), 3_000); i++) {
            char c = text.charAt(i);
            shown.append(c >= ' ' && c < 0x7F && c != '\\' ? String.valueOf(c) : String.format("\\x%02x", (int) c));
        }
        return text.length() > 3_000 ? shown + "… (" + text.length() + " bytes)" : shown.toString();
    }
}
