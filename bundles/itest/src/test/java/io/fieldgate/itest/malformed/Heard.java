package io.fieldgate.itest.malformed;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What the gateway says to one client, held to what a server may send (RFC 9112; RFC 6455, 5). Used by one thread. */
public final class Heard {

    private static final int LONGEST_HEAD = 16_384;
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final InputStream in;
    private final List<String> echoes = new ArrayList<>();
    private final List<String> pongs = new ArrayList<>();
    private int code;

    public Heard(InputStream in) {
        this.in = in;
    }

    List<String> echoes() {
        return echoes;
    }

    List<String> pongs() {
        return pongs;
    }

    /** The code of the close frame; 0 if there was none, 1005 if it had none. */
    int code() {
        return code;
    }

    /** Reads status line and headers; no line if the connection ends without a byte. */
    public Head head() throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0 && text.length() == 0) {
                return new Head(List.of());
            }
            if (next < 0 || text.length() > LONGEST_HEAD) {
                throw new AssertionError("the head of the answer does not end: " + text);
            }
            text.append((char) next);
        }
        return new Head(List.of(text.substring(0, text.length() - 4).split("\r\n", -1)));
    }

    /** Reads a body of a known length. */
    public String body(int length) throws IOException {
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new AssertionError("the body has " + body.length + " bytes instead of " + length);
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Reads one frame; false at the end of the connection. */
    boolean frame() throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        int second = must(in.read());
        int opcode = first & 0x0F;
        boolean control = opcode >= 8;
        check(code == 0, "something comes behind the close frame");
        check((first & 0x80) != 0, "a message comes in pieces");
        check(
                (first & 0x30) == 0 && (opcode == 1 || opcode == 2 || opcode == 8 || opcode == 10),
                "first byte " + first);
        check((second & 0x80) == 0, "a frame is masked");
        check(!control || (second < 126 && (first & 0x40) == 0), "a control frame is not right");
        byte[] payload = payload(second);
        switch (opcode) {
            case 8 -> code = payload.length == 0 ? 1005 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
            case 10 -> pongs.add(Referee.shown(false, payload));
            default -> echoes.add(Referee.shown(opcode == 1, (first & 0x40) == 0 ? payload : inflated(payload)));
        }
        return true;
    }

    private byte[] payload(int coded) throws IOException {
        long length = coded;
        if (coded >= 126) {
            length = 0;
            for (int i = 0; i < (coded == 126 ? 2 : 8); i++) {
                length = (length << 8) | must(in.read());
            }
        }
        check(length <= Cases.MAX_BYTES, "a frame of " + length + " bytes");
        byte[] payload = in.readNBytes((int) length);
        check(payload.length == length, "a frame does not end");
        return payload;
    }

    private static byte[] inflated(byte[] payload) {
        Inflater inflater = new Inflater(true);
        try {
            byte[] out = new byte[Cases.MAX_BYTES];
            inflater.setInput(Frames.joined(payload, TAIL));
            int length = 0;
            int count = inflater.inflate(out);
            while (count > 0) {
                length += count;
                count = inflater.inflate(out, length, out.length - length);
            }
            return Arrays.copyOf(out, length);
        } catch (DataFormatException e) {
            throw new AssertionError("an echo cannot be inflated", e);
        } finally {
            inflater.end();
        }
    }

    private static int must(int next) throws EOFException {
        if (next < 0) {
            throw new EOFException("the connection ends within a frame");
        }
        return next;
    }

    private static void check(boolean right, String wrong) {
        if (!right) {
            throw new AssertionError(wrong);
        }
    }
}
