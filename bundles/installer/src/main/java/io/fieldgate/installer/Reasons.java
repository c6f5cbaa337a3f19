package io.fieldgate.installer;

/** Failures in one line. */
final class Reasons {

    private Reasons() {}

    /** The reason at the bottom of a failure: the class of the innermost cause, and the first line of what it says. */
    static String of(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String text = innermost.getMessage();
        String name = innermost.getClass().getSimpleName();
        return text == null ? name : name + ": " + text.lines().findFirst().orElse("");
    }
}
