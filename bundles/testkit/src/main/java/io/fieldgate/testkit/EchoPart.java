package io.fieldgate.testkit;

import java.util.OptionalLong;

/** One client of an echo: sends its name, a number and padding, {@code a7:12:xxx}, and expects it back. */
final class EchoPart implements Conversation.Part {

    private final String client;
    private final int bytes;

    EchoPart(String client, int bytes) {
        this.client = client;
        this.bytes = bytes;
    }

    @Override
    public String say(long number) {
        String text = client + ':' + number + ':';
        return text + "x".repeat(Math.max(0, bytes - text.length()));
    }

    @Override
    public OptionalLong hear(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length < 3 || !parts[0].equals(client) || !parts[1].matches("\\d{1,18}")) {
            throw new AssertionError(client + " was sent what is not its own: " + shortened(text));
        }
        long number = Long.parseLong(parts[1]);
        if (!text.equals(say(number))) {
            throw new AssertionError(client + " was sent back something else than its message: " + shortened(text));
        }
        return OptionalLong.of(number);
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + '…';
    }
}
