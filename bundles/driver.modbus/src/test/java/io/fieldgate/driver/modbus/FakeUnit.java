package io.fieldgate.driver.modbus;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Units at a TCP port that answer as a test says: rightly, wrongly, by halves, late or not at all. */
final class FakeUnit implements AutoCloseable {

    /** How requests are answered. */
    @FunctionalInterface
    interface Behaviour {

        /**
         * Answers a request.
         *
         * @param request which one
         * @param wire where the answer goes
         * @throws IOException if the connection is to be cut
         */
        void answer(Request request, Wire wire) throws IOException;
    }

    /** A request. */
    static final class Request {

        private final int transaction;
        private final int unit;
        private final byte[] pdu;

        Request(int transaction, int unit, byte[] pdu) {
            this.transaction = transaction;
            this.unit = unit;
            this.pdu = pdu;
        }

        int transaction() {
            return transaction;
        }

        int unit() {
            return unit;
        }

        byte[] pdu() {
            return pdu.clone();
        }

        int function() {
            return pdu[0] & 0xFF;
        }

        int address() {
            return ByteBuffer.wrap(pdu).getShort(1) & 0xFFFF;
        }

        int count() {
            return ByteBuffer.wrap(pdu).getShort(3) & 0xFFFF;
        }
    }

    /** The way back. */
    record Wire(OutputStream out) {

        void raw(byte[] octets) throws IOException {
            out.write(octets);
            out.flush();
        }

        void answer(Request request, byte[] pdu) throws IOException {
            raw(frame(request.transaction(), request.unit(), pdu));
        }

        void exception(Request request, int code) throws IOException {
            answer(request, new byte[] {(byte) (request.function() | 0x80), (byte) code});
        }
    }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int[] memory = new int[65_536];

    // Guarded by this.
    private final List<Request> requests = new ArrayList<>();
    private final List<Socket> clients = new ArrayList<>();

    private volatile Behaviour behaviour = this::memory;

    FakeUnit() throws IOException {
        start(this::accept, "fake-unit");
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    static byte[] frame(int transaction, int unit, byte[] pdu) {
        byte[] frame = new byte[7 + pdu.length];
        ByteBuffer.wrap(frame)
                .putShort((short) transaction)
                .putShort((short) 0)
                .putShort((short) (pdu.length + 1))
                .put((byte) unit)
                .put(pdu);
        return frame;
    }

    int port() {
        return socket.getLocalPort();
    }

    FakeUnit behaves(Behaviour next) {
        behaviour = next;
        return this;
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    synchronized void forget() {
        requests.clear();
    }

    void set(int address, int word) {
        memory[address] = word;
    }

    int get(int address) {
        return memory[address];
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                synchronized (this) {
                    clients.add(client);
                }
                start(() -> serve(client), "fake-unit-client");
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            while (true) {
                int transaction = in.readUnsignedShort();
                in.readUnsignedShort();
                int length = in.readUnsignedShort();
                int unit = in.readUnsignedByte();
                Request request = new Request(transaction, unit, in.readNBytes(length - 1));
                synchronized (this) {
                    requests.add(request);
                }
                behaviour.answer(request, new Wire(client.getOutputStream()));
            }
        } catch (IOException e) {
            // It has gone.
        }
    }

    /** One memory of words for all tables; a bit is a word that is not 0. */
    void memory(Request request, Wire wire) throws IOException {
        ByteBuffer pdu = ByteBuffer.wrap(request.pdu());
        int address = request.address();
        byte[] echo = java.util.Arrays.copyOf(request.pdu(), 5);
        switch (request.function()) {
            case 1, 2 -> {
                byte[] answer = new byte[2 + (request.count() + 7) / 8];
                answer[0] = (byte) request.function();
                answer[1] = (byte) (answer.length - 2);
                for (int i = 0; i < request.count(); i++) {
                    answer[2 + i / 8] |= (byte) ((memory[address + i] == 0 ? 0 : 1) << (i % 8));
                }
                wire.answer(request, answer);
            }
            case 3, 4 -> {
                ByteBuffer answer = ByteBuffer.wrap(new byte[2 + 2 * request.count()]);
                answer.put((byte) request.function()).put((byte) (2 * request.count()));
                for (int i = 0; i < request.count(); i++) {
                    answer.putShort((short) memory[address + i]);
                }
                wire.answer(request, answer.array());
            }
            case 5, 6 -> {
                memory[address] = pdu.getShort(3) & 0xFFFF;
                wire.answer(request, echo);
            }
            case 15 -> {
                memory[address] = pdu.get(6) & 1;
                wire.answer(request, echo);
            }
            case 16 -> {
                for (int i = 0; i < request.count(); i++) {
                    memory[address + i] = pdu.getShort(6 + 2 * i) & 0xFFFF;
                }
                wire.answer(request, echo);
            }
            case 22 -> {
                int and = pdu.getShort(3);
                int or = pdu.getShort(5);
                memory[address] = ((memory[address] & and) | (or & ~and)) & 0xFFFF;
                wire.answer(request, request.pdu());
            }
            default -> wire.exception(request, 1);
        }
    }

    /** The other side goes, as when it is switched off. */
    synchronized void cut() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        clients.clear();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        cut();
    }
}
