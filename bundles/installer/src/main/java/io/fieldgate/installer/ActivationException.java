package io.fieldgate.installer;

/** New bundles cannot run; the message is the reason, one line for a person. */
final class ActivationException extends Exception {

    private static final long serialVersionUID = 1L;

    ActivationException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
