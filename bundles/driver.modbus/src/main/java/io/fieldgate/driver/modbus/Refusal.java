package io.fieldgate.driver.modbus;

import io.fieldgate.api.data.Quality;
import io.fieldgate.api.gateway.PointException;

/** A request of a client that our server answers with an exception (Modbus Application Protocol 1.1b3, section 7). */
final class Refusal extends Exception {

    static final int ILLEGAL_FUNCTION = 1;
    static final int ILLEGAL_ADDRESS = 2;
    static final int ILLEGAL_VALUE = 3;
    static final int DEVICE_FAILURE = 4;
    static final int BUSY = 6;
    static final int NO_PATH = 0x0A;
    static final int NO_ANSWER = 0x0B;

    private static final long serialVersionUID = 1L;

    private final int code;

    Refusal(int code) {
        super("exception " + code);
        this.code = code;
    }

    int code() {
        return code;
    }

    /** For a point whose value cannot be used. */
    static Refusal of(Quality.Code quality) {
        return new Refusal(
                switch (quality) {
                    case TIMEOUT, DISCONNECTED, WAITING -> NO_ANSWER;
                    default -> DEVICE_FAILURE;
                });
    }

    /** For a write that has failed. */
    static Refusal of(PointException.Reason reason) {
        return new Refusal(
                switch (reason) {
                    case OUT_OF_RANGE, WRONG_TYPE -> ILLEGAL_VALUE;
                    case READ_ONLY -> ILLEGAL_ADDRESS;
                    case BUSY -> BUSY;
                    case TIMEOUT, DISCONNECTED, UNKNOWN_POINT -> NO_ANSWER;
                    default -> DEVICE_FAILURE;
                });
    }
}
