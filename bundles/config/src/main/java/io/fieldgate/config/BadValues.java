package io.fieldgate.config;

import java.util.List;

/** A file says something that its metatype does not allow. */
final class BadValues extends Exception {

    private static final long serialVersionUID = 1L;

    BadValues(List<String> problems) {
        super(String.join("; ", problems));
    }
}
