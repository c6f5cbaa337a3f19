package io.fieldgate.ssh;

/** Text that came from outside, made fit for a line of the log. */
final class Text {

    private Text() {}

    /** Replaces what is no printable character of ASCII by a question mark, and cuts what is too long. */
    static String printable(String given, int max) {
        String text = String.valueOf(given);
        String cut = text.length() > max ? text.substring(0, max) + "..." : text;
        return cut.replaceAll("[^ -~]", "?");
    }
}
