package io.fieldgate.transport.websocket;

import io.fieldgate.api.data.CloseReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a close frame says (RFC 6455, 5.5.1 and 7.4). */
final class CloseFrame {

    private static final int HIGHEST_CODE = 4999;

    private CloseFrame() {}

    /** The close frame for a reason; an empty one if the code is of those that are never sent. */
    static ByteBuffer of(CloseReason reason) {
        if (!reason.sendable()) {
            return Frames.close(ByteBuffer.allocate(0));
        }
        byte[] text = reason.text().getBytes(StandardCharsets.UTF_8);
        ByteBuffer payload = ByteBuffer.allocate(Short.BYTES + text.length);
        return Frames.close(payload.putShort((short) reason.code()).put(text).flip());
    }

    /**
     * Reads a client's reason.
     *
     * @throws ProtocolBreach if the code is not one that may be sent, or the text is not UTF-8
     */
    static CloseReason reason(byte[] payload) throws ProtocolBreach {
        if (payload.length == 0) {
            return new CloseReason(CloseReason.NO_STATUS, "");
        }
        if (payload.length == 1) {
            throw new ProtocolBreach(CloseReason.PROTOCOL_ERROR, "a close frame has half a status code");
        }
        int code = (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
        if (code < CloseReason.NORMAL || code > HIGHEST_CODE || !new CloseReason(code, "").sendable()) {
            throw new ProtocolBreach(CloseReason.PROTOCOL_ERROR, "close code " + code + " may not be sent");
        }
        Utf8Validator utf8 = new Utf8Validator();
        if (!utf8.accept(payload, Short.BYTES, payload.length) || !utf8.isComplete()) {
            throw new ProtocolBreach(CloseReason.BAD_PAYLOAD, "a close reason is not UTF-8");
        }
        byte[] text = Arrays.copyOfRange(payload, Short.BYTES, payload.length);
        return new CloseReason(code, new String(text, StandardCharsets.UTF_8));
    }
}
