package io.fieldgate.ssh;

import java.io.IOException;

/** A command cannot be run to its end; the message is a line for the user. */
final class ShellFailure extends IOException {

    private static final long serialVersionUID = 1L;

    ShellFailure(String message) {
        super(message);
    }

    ShellFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
