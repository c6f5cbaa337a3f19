package io.fieldgate.driver.serial;

import io.fieldgate.api.driver.TableLine;

/** What is sent, as it is written in a table: {@code \r}, {@code \n}, {@code \t}, {@code \\} and {@code \x1B}. */
final class Escapes {

    private Escapes() {}

    /** The text that is meant; a character below 256 that was written as {@code \xNN} is sent as one octet in Latin-1. */
    static String resolve(TableLine line, String key, String text) {
        StringBuilder meant = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character != '\\') {
                meant.append(character);
                continue;
            }
            char kind = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            int code = kind == 'x' && i + 4 <= text.length() ? Checksums.number(text.substring(i + 2, i + 4)) : -1;
            int simple = "rnt\\".indexOf(kind);
            if (simple >= 0) {
                meant.append("\r\n\t\\".charAt(simple));
                i++;
            } else if (code >= 0) {
                meant.append((char) code);
                i += 3;
            } else {
                throw line.wrong(key + "=" + text + " is not allowed: after \\ comes r, n, t, \\ or xNN");
            }
        }
        return meant.toString();
    }
}
