package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.Quality;
import io.fieldgate.api.driver.DriverException;

/** A bus or a part on it has not done what it was asked. */
final class BusException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What has happened. */
    enum Kind {
        /** Nobody answers at the address. */
        NO_ANSWER(Quality.Code.DISCONNECTED, DriverException.Reason.CONNECTION),
        /** The bus is not there, or may not be used. */
        NO_BUS(Quality.Code.DISCONNECTED, DriverException.Reason.CONNECTION),
        /** The bus has hung until the kernel gave up, or a part was not ready in time. */
        TIMEOUT(Quality.Code.TIMEOUT, DriverException.Reason.TIMEOUT),
        /** A driver of the kernel holds the address. */
        BUSY(Quality.Code.CONFIGURATION, DriverException.Reason.CONFIGURATION),
        /** The bus cannot do this kind of call. */
        UNSUPPORTED(Quality.Code.CONFIGURATION, DriverException.Reason.CONFIGURATION),
        /** Another part is there than is configured. */
        WRONG_PART(Quality.Code.CONFIGURATION, DriverException.Reason.CONFIGURATION),
        /** The part has lost its settings, as after a loss of power. */
        RESET(Quality.Code.DISCONNECTED, DriverException.Reason.CONNECTION),
        /** Anything else. */
        FAILURE(Quality.Code.DEVICE_FAILURE, DriverException.Reason.DEVICE);

        private final Quality.Code code;
        private final DriverException.Reason reason;

        Kind(Quality.Code code, DriverException.Reason reason) {
            this.code = code;
            this.reason = reason;
        }

        Quality.Code code() {
            return code;
        }

        /** Whether everything else at that address would fail as well. */
        boolean concernsTheWholePart() {
            return this != FAILURE && this != UNSUPPORTED;
        }
    }

    private final Kind kind;

    BusException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    DriverException asDriverException() {
        return new DriverException(kind.reason, getMessage(), this);
    }
}
