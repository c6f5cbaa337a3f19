package io.fieldgate.shell;

/** A text that must not be seen: it is in no log, whatever it stands in. */
final class Secret {

    private final String text;

    Secret(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** The kind alone. */
    @Override
    public String toString() {
        return "a secret";
    }
}
