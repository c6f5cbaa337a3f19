package io.fieldgate.config;

import java.util.ArrayList;
import java.util.List;

/** A file says something that its metatype does not allow. */
final class BadValues extends Exception {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> problems;

    BadValues(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = new ArrayList<>(problems);
    }

    /** One for each key. */
    List<String> problems() {
        return List.copyOf(problems);
    }
}
