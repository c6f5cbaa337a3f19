package io.fieldgate.driver.serial;

import com.fazecast.jSerialComm.SerialPort;
import io.fieldgate.api.driver.DriverException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A port that is open, by jSerialComm. Its library must not be called for a port that is closed: hence the lock. */
final class SerialPortLink implements Link {

    /** The least that the library can wait. */
    private static final int WAIT_MILLIS = 100;

    /** Reads in a row that end at once with nothing: this is how Linux says that the adapter is gone. */
    private static final int EMPTY_READS = 20;

    private static final long SEND_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final SerialPort port;
    private final Path device;
    private final Object lock = new Object();
    // Guarded by lock.
    private boolean open = true;
    // Used by the reader alone.
    private int emptyReads;

    private SerialPortLink(SerialPort port, Path device) {
        this.port = port;
        this.device = device;
    }

    static SerialPortLink open(PortSettings settings) throws DriverException {
        Path device = usable(settings.path());
        try {
            NativeLibrary.load();
            SerialPort port = SerialPort.getCommPort(device.toString());
            port.setComPortParameters(
                    settings.baud(), settings.dataBits(), stopBits(settings), parity(settings.parity()));
            port.setFlowControl(flow(settings.flow()));
            port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, WAIT_MILLIS, 0);
            if (port.openPort(0)) {
                return new SerialPortLink(port, device);
            }
            throw refused(settings.path(), device, port.getLastErrorCode());
        } catch (IOException | LinkageError | RuntimeException e) {
            throw new DriverException(
                    DriverException.Reason.CONNECTION, settings.path() + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static Path usable(Path path) throws DriverException {
        if (!Files.exists(path)) {
            throw new DriverException(
                    DriverException.Reason.CONNECTION,
                    "there is no " + path + ": is the adapter plugged in? fg:discover serial lists what is there");
        }
        if (!Files.isReadable(path) || !Files.isWritable(path)) {
            throw new DriverException(
                    DriverException.Reason.CONNECTION,
                    path + " may not be used by this user: add it to the group that owns the file, mostly dialout");
        }
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new DriverException(DriverException.Reason.CONNECTION, path + " has just gone", e);
        }
    }

    private static DriverException refused(Path path, Path device, int error) {
        String holder = PortHolders.of(device)
                .map(who -> "it is held by " + who + ", end that first")
                .orElse("error " + error + " of the system; maybe a program of another user holds it");
        return new DriverException(DriverException.Reason.CONNECTION, path + " cannot be opened: " + holder);
    }

    private static int stopBits(PortSettings settings) {
        return settings.stopBits() == 2 ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT;
    }

    private static int parity(PortSettings.Parity parity) {
        return switch (parity) {
            case NONE -> SerialPort.NO_PARITY;
            case EVEN -> SerialPort.EVEN_PARITY;
            case ODD -> SerialPort.ODD_PARITY;
            case MARK -> SerialPort.MARK_PARITY;
            case SPACE -> SerialPort.SPACE_PARITY;
        };
    }

    private static int flow(PortSettings.Flow flow) {
        return switch (flow) {
            case NONE -> SerialPort.FLOW_CONTROL_DISABLED;
            case RTS_CTS -> SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED;
            case XON_XOFF -> SerialPort.FLOW_CONTROL_XONXOFF_IN_ENABLED | SerialPort.FLOW_CONTROL_XONXOFF_OUT_ENABLED;
        };
    }

    @Override
    public int read(byte[] into) {
        long begin = System.nanoTime();
        int read = port.readBytes(into, into.length);
        if (read > 0) {
            emptyReads = 0;
            return read;
        }
        boolean atOnce = System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS / 4);
        emptyReads = atOnce ? emptyReads + 1 : 0;
        return read < 0 || emptyReads >= EMPTY_READS || !Files.exists(device) ? -1 : 0;
    }

    @Override
    public void send(byte[] octets) throws DriverException {
        synchronized (lock) {
            long end = System.nanoTime() + SEND_LIMIT_NANOS;
            int sent = 0;
            while (sent < octets.length) {
                int taken = open ? port.writeBytes(octets, octets.length - sent, sent) : -1;
                if (taken < 0) {
                    throw new DriverException(DriverException.Reason.CONNECTION, device + " is away");
                }
                sent += taken;
                if (taken == 0
                        && (System.nanoTime() > end || Thread.currentThread().isInterrupted())) {
                    throw new DriverException(
                            DriverException.Reason.TIMEOUT,
                            device + " takes nothing: is flow control set as the other side has it?");
                }
            }
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (open) {
                open = false;
                port.closePort();
            }
        }
    }
}
