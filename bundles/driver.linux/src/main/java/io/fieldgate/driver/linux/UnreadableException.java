package io.fieldgate.driver.linux;

import io.fieldgate.api.data.Quality;
import java.io.IOException;

/** A file could be read but a point has no value, and the code says why. */
final class UnreadableException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Quality.Code code;

    private UnreadableException(Quality.Code code, String message) {
        super(message);
        this.code = code;
    }

    /** What stands there is not what should. */
    static UnreadableException notAValue(String message) {
        return new UnreadableException(Quality.Code.NOT_A_VALUE, message);
    }

    /** What was there once is not listed any more. */
    static UnreadableException gone(String what) {
        return new UnreadableException(Quality.Code.DISCONNECTED, what + " is not there any more");
    }

    /** A rate needs two looks, and this was the first. */
    static UnreadableException waiting() {
        return new UnreadableException(Quality.Code.WAITING, "a rate needs a second reading");
    }

    Quality.Code code() {
        return code;
    }
}
