package io.fieldgate.transport.websocket;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import java.nio.ByteBuffer;

/**
 * Cuts what a client sends into messages and control frames (RFC 6455, 5), whatever pieces it comes in, and refuses what
 * breaks the rules at the first byte that shows it.
 *
 * <p>A data frame that begins a message stays in the buffer, untouched, while the receiver takes no message; control
 * frames in front of it do not. So a client whose session waits feels TCP's own back-pressure and is still answered.
 *
 * <p>Not for use by several threads at once.
 */
final class FrameParser {

    /** Where the parts go. Called from within {@link #parse}. */
    interface Receiver {

        /** Whether a message may be begun now. */
        boolean takesMessage();

        void message(Message message) throws ProtocolBreach;

        /** A ping, to be answered with a pong of the same payload. */
        void ping(byte[] payload) throws ProtocolBreach;

        /** What is no use in itself and has hardly a payload: a pong, or a small fragment that does not end a message. */
        void trifle() throws ProtocolBreach;

        /** The client's close frame. Nothing after it is read. */
        void closed(CloseReason reason);
    }

    private enum Stage {
        OPCODE,
        LENGTH,
        EXTENDED_LENGTH,
        MASKING_KEY,
        PAYLOAD,
        CLOSED
    }

    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int RSV2_AND_3 = 0x30;
    private static final int MASKED = 0x80;
    private static final int CONTROL_MAX_BYTES = 125;
    private static final int IN_TWO_BYTES = 126;
    private static final int KEY_BYTES = 4;
    /** A fragment with a smaller payload costs by being one. */
    private static final int SMALL_FRAGMENT_BYTES = 512;

    private final MessageAssembler message;
    private final boolean deflate;
    private final Receiver receiver;

    private Stage stage = Stage.OPCODE;
    private boolean last;
    private int opcode;
    /** Header bytes that are still to come for the stage. */
    private int missing;

    private long length;
    /** The least that an extended length may say. */
    private long shortest;

    private int key;
    /** Payload bytes of this frame that have come. */
    private long come;

    private byte[] control = {};

    /** @param deflate whether permessage-deflate was agreed (RFC 7692) */
    FrameParser(MessageAssembler message, boolean deflate, Receiver receiver) {
        this.message = message;
        this.deflate = deflate;
        this.receiver = receiver;
    }

    /**
     * Takes bytes until none is left, or a message begins that the receiver does not take.
     *
     * @throws ProtocolBreach if the client broke the protocol; nothing may be parsed afterwards
     */
    void parse(ByteBuffer in) throws ProtocolBreach {
        while (step(in)) {}
    }

    /** One step; false if there is no more to be done with these bytes. */
    private boolean step(ByteBuffer in) throws ProtocolBreach {
        if (stage == Stage.PAYLOAD) {
            return payload(in);
        }
        if (!in.hasRemaining()) {
            return false;
        }
        switch (stage) {
            case OPCODE -> {
                return opcode(in);
            }
            case LENGTH -> length(in.get());
            case EXTENDED_LENGTH -> extendedLength(in.get());
            case MASKING_KEY -> maskingKey(in.get());
            default -> in.position(in.limit());
        }
        return true;
    }

    private boolean opcode(ByteBuffer in) throws ProtocolBreach {
        int first = in.get(in.position());
        int code = first & 0x0F;
        check(code, first);
        boolean begins = code == Opcode.TEXT || code == Opcode.BINARY;
        if (begins) {
            if (!receiver.takesMessage()) {
                return false;
            }
            message.begin(code == Opcode.TEXT, (first & RSV1) != 0);
        }
        in.get();
        opcode = code;
        last = (first & FIN) != 0;
        stage = Stage.LENGTH;
        return true;
    }

    private void check(int code, int first) throws ProtocolBreach {
        boolean begins = code == Opcode.TEXT || code == Opcode.BINARY;
        if ((first & RSV2_AND_3) != 0 || ((first & RSV1) != 0 && !(deflate && begins))) {
            throw breach("a reserved bit is set");
        }
        switch (code) {
            case Opcode.TEXT, Opcode.BINARY -> {
                if (message.isBegun()) {
                    throw breach("a message begins within a message");
                }
            }
            case Opcode.CONTINUATION -> {
                if (!message.isBegun()) {
                    throw breach("a continuation without a beginning");
                }
            }
            case Opcode.CLOSE, Opcode.PING, Opcode.PONG -> {
                if ((first & FIN) == 0) {
                    throw breach("a control frame in fragments");
                }
            }
            default -> throw breach("unknown opcode " + code);
        }
    }

    private void length(int second) throws ProtocolBreach {
        if ((second & MASKED) == 0) {
            throw breach("a frame is not masked");
        }
        length = second & 0x7F;
        if (Opcode.isControl(opcode) && length > CONTROL_MAX_BYTES) {
            throw breach("a control frame is longer than 125 bytes");
        }
        if (length > CONTROL_MAX_BYTES) {
            missing = length == IN_TWO_BYTES ? Short.BYTES : Long.BYTES;
            shortest = length == IN_TWO_BYTES ? IN_TWO_BYTES : 0x1_0000;
            length = 0;
            stage = Stage.EXTENDED_LENGTH;
        } else {
            lengthIsKnown();
        }
    }

    private void extendedLength(int next) throws ProtocolBreach {
        if (missing == Long.BYTES && next < 0) {
            throw breach("a length is negative");
        }
        length = (length << 8) | (next & 0xFF);
        missing--;
        if (missing == 0) {
            if (length < shortest) {
                throw breach("a length is written longer than it need be");
            }
            lengthIsKnown();
        }
    }

    private void lengthIsKnown() throws ProtocolBreach {
        if (Opcode.isControl(opcode)) {
            control = new byte[(int) length];
        } else {
            message.expect(length, last);
        }
        key = 0;
        missing = KEY_BYTES;
        stage = Stage.MASKING_KEY;
    }

    private void maskingKey(int next) {
        key = (key << 8) | (next & 0xFF);
        missing--;
        if (missing == 0) {
            come = 0;
            stage = Stage.PAYLOAD;
        }
    }

    /** Takes what there is of the payload; false if some of it is still to come. */
    private boolean payload(ByteBuffer in) throws ProtocolBreach {
        int count = (int) Math.min(in.remaining(), length - come);
        if (Opcode.isControl(opcode)) {
            in.get(control, (int) come, count);
            Mask.apply(control, (int) come, (int) come + count, key, come);
        } else {
            message.append(in, count, key, come);
        }
        come += count;
        if (come < length) {
            return false;
        }
        stage = Stage.OPCODE;
        frameEnds();
        return true;
    }

    private void frameEnds() throws ProtocolBreach {
        switch (opcode) {
            case Opcode.PING -> receiver.ping(control);
            case Opcode.PONG -> receiver.trifle(); // that something came is all that counts
            case Opcode.CLOSE -> {
                stage = Stage.CLOSED;
                receiver.closed(CloseFrame.reason(control));
            }
            default -> {
                if (last) {
                    receiver.message(message.finish());
                } else if (length < SMALL_FRAGMENT_BYTES) {
                    receiver.trifle();
                }
            }
        }
    }

    private static ProtocolBreach breach(String detail) {
        return new ProtocolBreach(CloseReason.PROTOCOL_ERROR, detail);
    }
}
