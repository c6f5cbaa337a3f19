package io.fieldgate.driver.modbus;

import io.fieldgate.api.data.Quality;
import io.fieldgate.api.driver.DriverException;

/** One exchange with a unit has failed. */
final class Fault extends Exception {

    static final int ILLEGAL_FUNCTION = 1;
    static final int ILLEGAL_DATA_ADDRESS = 2;

    private static final long serialVersionUID = 1L;

    /** How far it got. */
    enum Kind {
        /** The unit has answered with an exception, or with something else than it was asked. */
        EXCEPTION,
        /** No answer, or none that was right, has come in time. */
        TIMEOUT,
        /** The connection is lost: it must be made anew. */
        LINK
    }

    private final Kind kind;
    private final int code;

    private Fault(Kind kind, int code, String message) {
        super(message);
        this.kind = kind;
        this.code = code;
    }

    static Fault exception(int code) {
        return new Fault(Kind.EXCEPTION, code, "Modbus exception " + code + ", " + name(code));
    }

    /** An answer that came in time and fits its request by number only. */
    static Fault wrongAnswer(String message) {
        return new Fault(Kind.EXCEPTION, 0, message);
    }

    static Fault timeout(String message) {
        return new Fault(Kind.TIMEOUT, 0, message);
    }

    static Fault link(String message) {
        return new Fault(Kind.LINK, 0, message);
    }

    Kind kind() {
        return kind;
    }

    boolean is(int exception) {
        return kind == Kind.EXCEPTION && code == exception;
    }

    /** Whether the unit itself has said nothing: a gateway's 0x0A and 0x0B are silence behind it. */
    boolean silence() {
        return kind == Kind.TIMEOUT || code == 0x0A || code == 0x0B;
    }

    /** What a point of that unit is then. */
    Quality.Code quality() {
        return switch (kind) {
            case TIMEOUT -> Quality.Code.TIMEOUT;
            case LINK -> Quality.Code.DISCONNECTED;
            case EXCEPTION ->
                switch (code) {
                    case 1, 2, 3 -> Quality.Code.CONFIGURATION;
                    case 0x0A -> Quality.Code.DISCONNECTED;
                    case 0x0B -> Quality.Code.TIMEOUT;
                    default -> Quality.Code.DEVICE_FAILURE;
                };
        };
    }

    DriverException toDriverException(String what) {
        DriverException.Reason reason = switch (kind) {
            case TIMEOUT -> DriverException.Reason.TIMEOUT;
            case LINK -> DriverException.Reason.CONNECTION;
            case EXCEPTION ->
                switch (code) {
                    case 3 -> DriverException.Reason.OUT_OF_RANGE;
                    case 0x0B -> DriverException.Reason.TIMEOUT;
                    default -> DriverException.Reason.DEVICE;
                };
        };
        return new DriverException(reason, what + ": " + getMessage(), this);
    }

    /** Modbus Application Protocol 1.1b3, section 7. */
    private static String name(int code) {
        return switch (code) {
            case 1 -> "illegal function";
            case 2 -> "illegal data address";
            case 3 -> "illegal data value";
            case 4 -> "server device failure";
            case 5 -> "acknowledge";
            case 6 -> "server device busy";
            case 8 -> "memory parity error";
            case 0x0A -> "gateway path unavailable";
            case 0x0B -> "gateway target device failed to respond";
            default -> "which the protocol does not know";
        };
    }
}
