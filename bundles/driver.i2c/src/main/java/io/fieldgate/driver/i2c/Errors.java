package io.fieldgate.driver.i2c;

import io.fieldgate.driver.i2c.BusException.Kind;
import java.util.Locale;

/** What the error numbers of the kernel mean on an I2C bus: its Documentation/i2c/fault-codes.rst. */
final class Errors {

    private static final int EIO = 5;
    private static final int ENXIO = 6;
    private static final int EAGAIN = 11;
    private static final int EBUSY = 16;
    private static final int ENODEV = 19;
    private static final int EOPNOTSUPP = 95;
    private static final int ESHUTDOWN = 108;
    private static final int ETIMEDOUT = 110;
    private static final int EREMOTEIO = 121;

    private Errors() {}

    /**
     * Makes an exception of an error number.
     *
     * @param result as the calls of the kernel give it: less than 0
     * @param address whom the call was for
     * @param bus what the bus is called
     * @param there whether the bus is there; some controllers say "no such device" of an address that does not answer
     */
    static BusException of(int result, int address, String bus, boolean there) {
        String where = String.format(Locale.ROOT, "0x%02x on %s", address, bus);
        return switch (-result) {
            case ENXIO, EREMOTEIO -> new BusException(Kind.NO_ANSWER, "no answer at " + where);
            case ENODEV, ESHUTDOWN ->
                there
                        ? new BusException(Kind.NO_ANSWER, "no answer at " + where)
                        : new BusException(Kind.NO_BUS, bus + " has gone");
            case ETIMEDOUT -> new BusException(Kind.TIMEOUT, "the bus hangs at " + where + ": is a line held low?");
            case EBUSY -> new BusException(Kind.BUSY, "busy: the kernel holds " + where);
            case EOPNOTSUPP ->
                new BusException(Kind.UNSUPPORTED, bus + " cannot do this kind of transfer, at " + where);
            case EAGAIN -> new BusException(Kind.FAILURE, "another controller was faster at " + where);
            case EIO -> new BusException(Kind.FAILURE, "transfer failed at " + where);
            default -> new BusException(Kind.FAILURE, "error " + -result + " at " + where);
        };
    }
}
