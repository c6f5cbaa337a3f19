package io.fieldgate.driver.modbus;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Modbus/TCP (Modbus Messaging on TCP/IP 1.0b, 3.1.3). What has come of an answer stays when the time is up, so that a late one is
 * dropped whole by its transaction number and the connection can stay. After some silence in a row it is given up.
 */
final class TcpLink implements ModbusLink {

    private static final int HEADER = 7;
    private static final int LONGEST = HEADER + 253;
    private static final int SILENCES = 3;

    private final Socket socket;
    private final byte[] received = new byte[LONGEST];
    private int length;
    private int transaction;
    private int silences;

    private TcpLink(Socket socket) {
        this.socket = socket;
    }

    static ModbusLink open(String host, int port, int timeoutMillis) throws Fault {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(host, port), timeoutMillis);
            return new TcpLink(socket);
        } catch (IOException e) {
            closeQuietly(socket);
            throw Fault.link("cannot connect to " + host + ':' + port + ": " + e.getMessage()
                    + "; is the device on, and is that its address?");
        }
    }

    @Override
    public byte[] exchange(int unit, byte[] request, int timeoutMillis) throws Fault {
        long deadline = System.nanoTime() + timeoutMillis * 1_000_000L;
        transaction = (transaction + 1) & 0xFFFF;
        try {
            ByteBuffer frame = ByteBuffer.allocate(HEADER + request.length);
            frame.putShort((short) transaction)
                    .putShort((short) 0)
                    .putShort((short) (request.length + 1))
                    .put((byte) unit)
                    .put(request);
            socket.getOutputStream().write(frame.array());
            while (true) {
                byte[] answer = frame(deadline);
                boolean asked = (ByteBuffer.wrap(answer).getShort() & 0xFFFF) == transaction
                        && (answer[6] & 0xFF) == unit
                        && (answer[7] & 0x7F) == request[0];
                if (asked) {
                    silences = 0;
                    return Arrays.copyOfRange(answer, HEADER, answer.length);
                }
            }
        } catch (SocketTimeoutException e) {
            silences++;
            if (silences >= SILENCES) {
                close(); // Maybe the other side knows nothing of it any more; the next request makes a new one.
            }
            throw Fault.timeout("no answer within " + timeoutMillis + " ms");
        } catch (IOException e) {
            close();
            throw Fault.link("the connection is lost: " + e.getMessage());
        }
    }

    /** The next whole frame. */
    private byte[] frame(long deadline) throws IOException {
        while (true) {
            if (length >= HEADER - 1) {
                ByteBuffer header = ByteBuffer.wrap(received);
                int rest = header.getShort(4) & 0xFFFF;
                if (header.getShort(2) != 0 || rest < 3 || rest > LONGEST - HEADER + 1) {
                    throw new IOException("what comes is not Modbus/TCP");
                }
                int whole = HEADER - 1 + rest;
                if (length >= whole) {
                    byte[] frame = Arrays.copyOf(received, whole);
                    System.arraycopy(received, whole, received, 0, length - whole);
                    length -= whole;
                    return frame;
                }
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("the time is up");
            }
            socket.setSoTimeout((int) left);
            int count = socket.getInputStream().read(received, length, received.length - length);
            if (count < 0) {
                throw new IOException("the other side has closed it");
            }
            length += count;
        }
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is given up anyway.
        }
    }
}
