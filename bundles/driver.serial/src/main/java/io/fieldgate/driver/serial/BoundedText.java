package io.fieldgate.driver.serial;

/** A text that can be looked at so many times only: a pattern that tries all ways there are ends with an exception. */
final class BoundedText implements CharSequence {

    /** The pattern has looked too often. */
    static final class ExhaustedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ExhaustedException() {
            super("the pattern needs too many steps", null, false, false);
        }
    }

    private final String text;
    private int steps;

    BoundedText(String text, int steps) {
        this.text = text;
        this.steps = steps;
    }

    @Override
    public char charAt(int index) {
        if (steps-- <= 0) {
            throw new ExhaustedException();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
