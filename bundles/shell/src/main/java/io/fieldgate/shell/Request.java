package io.fieldgate.shell;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client asks: the line {@code RUN <columns>}, then the command until it sends no more, all in UTF-8.
 *
 * @param columns the width of the client's terminal in characters; 0 if it has none
 * @param command the text of the command
 */
record Request(int columns, String command) {

    /** The greatest command, in bytes. */
    static final int COMMAND_MAX = 64 * 1024;

    private static final Pattern FORM = Pattern.compile("RUN (\\d{1,5})\n(.*)", Pattern.DOTALL);
    private static final int HEADER_MAX = 10;
    private static final int DRAIN_MAX = 16 * 1024 * 1024;

    /**
     * Reads a request.
     *
     * @param client who asks
     * @param limit the time within which all of it must have come
     * @throws IllegalArgumentException if it is not of that form or too long, with a line that says so
     * @throws InterruptedIOException if the time is up
     */
    static Request read(ClientChannel client, Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_MAX + COMMAND_MAX + 1);
        while (bytes.hasRemaining()) {
            if (client.read(bytes, rest(end)) < 0) {
                return parse(bytes.flip());
            }
        }
        // The rest is read and dropped, or the client would fail in writing it and never see the answer.
        long dropped = 0;
        while (dropped < DRAIN_MAX && client.read(bytes.clear(), rest(end)) >= 0) {
            dropped += bytes.position();
        }
        throw tooLong();
    }

    private static Request parse(ByteBuffer bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a request must be UTF-8", e);
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("a request begins with the line RUN <columns>");
        }
        String command = form.group(2);
        if (command.getBytes(StandardCharsets.UTF_8).length > COMMAND_MAX) {
            throw tooLong();
        }
        return new Request(Integer.parseInt(form.group(1)), command);
    }

    private static IllegalArgumentException tooLong() {
        return new IllegalArgumentException("a command has at most " + COMMAND_MAX + " bytes");
    }

    private static Duration rest(long end) throws InterruptedIOException {
        long rest = end - System.nanoTime();
        if (rest < 1_000_000) {
            throw new InterruptedIOException("the request did not come in time");
        }
        return Duration.ofNanos(rest);
    }
}
