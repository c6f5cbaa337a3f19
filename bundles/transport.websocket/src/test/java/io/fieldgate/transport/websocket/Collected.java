package io.fieldgate.transport.websocket;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a parser made of some bytes, one line for each event, so that two runs can be compared. */
final class Collected implements FrameParser.Receiver {

    final List<String> events = new ArrayList<>();
    /** How many messages may still be begun. */
    int demand = Integer.MAX_VALUE;

    /** Pongs and small fragments. */
    int trifles;

    private final MessageAssembler assembler;
    private final FrameParser parser;

    Collected(int maxBytes, boolean deflate) {
        assembler = new MessageAssembler(maxBytes, new Compression(1), new BufferBudget(1 << 30));
        parser = new FrameParser(assembler, deflate, this);
    }

    /** Everything that comes of some bytes, fed in pieces that end at the given places. */
    static List<String> of(int maxBytes, boolean deflate, byte[] bytes, int... cuts) {
        Collected collected = new Collected(maxBytes, deflate);
        int from = 0;
        boolean goesOn = true;
        for (int cut : cuts) {
            goesOn = goesOn && collected.feed(ByteBuffer.wrap(bytes, from, cut - from));
            from = cut;
        }
        if (goesOn) {
            collected.feed(ByteBuffer.wrap(bytes, from, bytes.length - from));
        }
        return collected.events;
    }

    /** Parses; false if the client broke the protocol, which is noted as an event. */
    boolean feed(ByteBuffer in) {
        try {
            parser.parse(in);
            return true;
        } catch (ProtocolBreach e) {
            events.add("breach " + e.reason());
            assembler.reset();
            return false;
        }
    }

    @Override
    public boolean takesMessage() {
        return demand > 0;
    }

    @Override
    public void message(Message message) {
        demand--;
        events.add(message.isText() ? "text " + message.text() : "binary " + hex(message.bytes()));
    }

    @Override
    public void ping(byte[] payload) {
        events.add("ping " + new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public void trifle() {
        trifles++;
    }

    @Override
    public void closed(CloseReason reason) {
        events.add("close " + reason);
    }

    static String hex(ByteBuffer bytes) {
        StringBuilder hex = new StringBuilder();
        ByteBuffer view = bytes.duplicate();
        while (view.hasRemaining()) {
            hex.append(String.format("%02x", view.get()));
        }
        return hex.toString();
    }

    static byte[] bytes(String hex) {
        String digits = hex.replace(" ", "");
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }
}
