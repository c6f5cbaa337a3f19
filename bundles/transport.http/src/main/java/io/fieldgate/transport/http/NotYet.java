package io.fieldgate.transport.http;

import java.io.IOException;
import java.time.Duration;

/** A port cannot be opened now, but perhaps soon, for something else is on its way. */
final class NotYet extends IOException {

    private static final long serialVersionUID = 1;

    private final Duration patience;

    /**
     * @param message one line, for when it does not come
     * @param patience how long to wait for it
     */
    NotYet(String message, Duration patience) {
        super(message);
        this.patience = patience;
    }

    Duration patience() {
        return patience;
    }
}
