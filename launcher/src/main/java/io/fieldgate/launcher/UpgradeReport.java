package io.fieldgate.launcher;

import java.io.PrintWriter;

/** What an upgrade says of itself: a line for each step, or one JSON object (RFC 8259) at the end. */
final class UpgradeReport {

    private final PrintWriter out;
    private final boolean json;

    private String from = "";
    private String to = "";
    private String signature = "";

    UpgradeReport(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** Says which version runs. */
    void from(String version) {
        from = version;
    }

    /** Says which version shall run. */
    void to(String version) {
        to = version;
    }

    /** Says whose signature it has. */
    void signature(String said) {
        signature = said;
    }

    /** Says that something has been done. */
    void step(String line) {
        if (!json) {
            out.println(line);
            out.flush();
        }
    }

    /** Says how it has ended. */
    void end(String state, String reason) {
        if (json) {
            out.println("{\"from\":" + quoted(from) + ",\"to\":" + quoted(to) + ",\"signature\":" + quoted(signature)
                    + ",\"state\":" + quoted(state) + ",\"reason\":" + quoted(reason) + '}');
            out.flush();
        }
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\').append((char) character);
            } else if (character < ' ') {
                quoted.append("\\u%04x".formatted(character));
            } else {
                quoted.append((char) character);
            }
        });
        return quoted.append('"').toString();
    }
}
