package io.fieldgate.driver.modbus;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client of the server: a request at a time. What is not Modbus/TCP ends it. */
final class ServerConnection implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);
    private static final int LONGEST = 254;

    private final Socket socket;
    private final int unit;
    private final ServerAnswers answers;

    ServerConnection(Socket socket, int unit, ServerAnswers answers) {
        this.socket = socket;
        this.unit = unit;
        this.answers = answers;
    }

    @Override
    public void run() {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (answerOne(in, socket.getOutputStream())) {
                LOG.trace("Answered {}", socket);
            }
        } catch (IOException e) {
            LOG.debug("{} has gone: {}", socket.getRemoteSocketAddress(), e.toString());
        }
    }

    private boolean answerOne(DataInputStream in, OutputStream out) throws IOException {
        int transaction = in.readUnsignedShort();
        int protocol = in.readUnsignedShort();
        int length = in.readUnsignedShort();
        if (protocol != 0 || length < 2 || length > LONGEST) {
            return false;
        }
        byte[] rest = in.readNBytes(length);
        if (rest.length < length) {
            return false;
        }
        byte[] request = new byte[length - 1];
        System.arraycopy(rest, 1, request, 0, request.length);
        int asked = rest[0] & 0xFF;
        boolean ours = asked == unit || asked == 0xFF || asked == 0;
        byte[] answer = ours ? answers.answer(request) : ServerAnswers.exception(request[0] & 0xFF, Refusal.NO_PATH);
        byte[] frame = new byte[7 + answer.length];
        ByteBuffer.wrap(frame)
                .putShort((short) transaction)
                .putShort((short) 0)
                .putShort((short) (answer.length + 1))
                .put((byte) asked)
                .put(answer);
        out.write(frame);
        return true;
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("{} could not be closed: {}", socket, e.toString());
        }
    }
}
