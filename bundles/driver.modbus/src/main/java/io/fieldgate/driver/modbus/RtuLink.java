package io.fieldgate.driver.modbus;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import com.ghgande.j2mod.modbus.util.ModbusUtil;
import java.util.Arrays;

/**
 * Modbus RTU (Modbus over Serial Line 1.02, 2.5). An answer's length follows from its first bytes, so nothing depends on gaps between
 * characters, which USB adapters and kernels do not keep. What is on the line before a request is thrown away.
 */
final class RtuLink implements ModbusLink {

    private static final int LONGEST = 256;

    private final SerialPort port;
    private final byte[] received = new byte[LONGEST];
    private int length;

    private RtuLink(SerialPort port) {
        this.port = port;
    }

    static ModbusLink open(String device, SerialSettings settings) throws Fault {
        NativeLibrary.load();
        try {
            SerialPort port = SerialPort.getCommPort(device);
            port.setComPortParameters(settings.baud(), settings.dataBits(), settings.stopBits(), settings.parity());
            port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
            if (settings.rs485()) {
                port.setRs485ModeParameters(true, true, false, false, 0, 0);
            }
            port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, 50, 0);
            if (!port.openPort(0)) {
                throw Fault.link(
                        "cannot open " + device + " (error " + port.getLastErrorCode()
                                + "): is the adapter plugged in, is the user in the group dialout, does another program have it?");
            }
            return new RtuLink(port);
        } catch (SerialPortInvalidPortException e) {
            throw Fault.link("there is no " + device + ": is the adapter plugged in?");
        }
    }

    @Override
    public byte[] exchange(int unit, byte[] request, int timeoutMillis) throws Fault {
        long deadline = System.nanoTime() + timeoutMillis * 1_000_000L;
        byte[] frame = new byte[request.length + 3];
        frame[0] = (byte) unit;
        System.arraycopy(request, 0, frame, 1, request.length);
        int[] crc = ModbusUtil.calculateCRC(frame, 0, frame.length - 2);
        frame[frame.length - 2] = (byte) crc[0];
        frame[frame.length - 1] = (byte) crc[1];
        port.flushIOBuffers();
        length = 0;
        if (port.writeBytes(frame, frame.length) != frame.length) {
            throw lost();
        }
        while (true) {
            byte[] answer = answer(unit, request[0]);
            if (answer.length > 0) {
                return answer;
            }
            if (System.nanoTime() >= deadline) {
                throw Fault.timeout("no answer within " + timeoutMillis + " ms");
            }
            int count = port.readBytes(received, received.length - length, length);
            if (count < 0) {
                throw lost();
            }
            length += count;
            if (length == received.length) {
                length = 0; // Noise without end.
            }
        }
    }

    /** The answer, if it is there; what cannot be its beginning is dropped, byte by byte. */
    private byte[] answer(int unit, byte function) {
        while (length >= 2) {
            int whole = expected();
            boolean ours = (received[0] & 0xFF) == unit && (received[1] & 0x7F) == function && whole <= LONGEST;
            if (ours && length < whole) {
                return new byte[0];
            }
            if (ours && crcIsRight(whole)) {
                return Arrays.copyOfRange(received, 1, whole - 2);
            }
            length--;
            System.arraycopy(received, 1, received, 0, length);
        }
        return new byte[0];
    }

    private int expected() {
        if (received[1] < 0) {
            return 5;
        }
        return switch (received[1]) {
            case 1, 2, 3, 4 -> length < 3 ? 5 : 5 + (received[2] & 0xFF);
            case 22 -> 10;
            default -> 8;
        };
    }

    private boolean crcIsRight(int whole) {
        int[] crc = ModbusUtil.calculateCRC(received, 0, whole - 2);
        return (received[whole - 2] & 0xFF) == crc[0] && (received[whole - 1] & 0xFF) == crc[1];
    }

    private Fault lost() {
        close();
        return Fault.link("the serial line is lost: is the adapter still plugged in?");
    }

    @Override
    public void close() {
        port.closePort();
    }
}
