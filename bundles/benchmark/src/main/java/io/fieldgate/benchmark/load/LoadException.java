package io.fieldgate.benchmark.load;

import java.io.IOException;

/** What a server sent, or did not send, is not what it should be; the figure that was being taken is worth nothing. */
public final class LoadException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what went wrong.
     *
     * @param message one line for a person
     */
    public LoadException(String message) {
        super(message);
    }
}
