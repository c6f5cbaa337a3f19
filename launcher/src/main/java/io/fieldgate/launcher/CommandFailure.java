package io.fieldgate.launcher;

/** Ends a command with one line for the user and an exit status. */
final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    CommandFailure(int status, String message) {
        super(message);
        this.status = status;
    }

    CommandFailure(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    int status() {
        return status;
    }
}
