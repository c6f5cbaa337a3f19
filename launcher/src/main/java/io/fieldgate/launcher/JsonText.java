package io.fieldgate.launcher;

import java.util.Locale;

/** The little JSON (RFC 8259) that the command line writes itself; all else is passed on from the gateway. */
final class JsonText {

    private JsonText() {}

    /** An object that says what went wrong. */
    static String error(String message) {
        return "{\"error\":" + string(message) + '}';
    }

    /** A text in quotes. */
    static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '"', '\\' -> json.append('\\').append(character);
                case '\n' -> json.append("\\n");
                default -> {
                    if (character < ' ' || Character.isSurrogate(character) || character == '\u007f') {
                        json.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
                    } else {
                        json.append(character);
                    }
                }
            }
        }
        return json.append('"').toString();
    }
}
