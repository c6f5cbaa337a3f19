package io.fieldgate.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Socket.IO 5 on Engine.IO 4, by WebSocket from the start: each text is a packet of Engine.IO, whose first character is its type.
 * A message is an event with one string. The path goes into the query, for Socket.IO itself has but one.
 */
final class SocketIoDialect extends WebSocketDialect {

    private static final ByteBuffer HTTP = ascii("HTTP/");
    private static final ByteBuffer CONNECTED = ascii("40");
    private static final ByteBuffer EVENT = ascii("42[\"m\",\"");
    private static final ByteBuffer EVENT_END = ascii("\"]");
    private static final byte[] CONNECT = {'4', '0'};
    private static final byte[] PONG = {'3'};

    SocketIoDialect(int port, String path) {
        super(new Handshake(port, "/socket.io/?EIO=4&transport=websocket&path=" + path, ""));
    }

    /** The answer of WebSocket, the packet "open" of Engine.IO, a "connect" each way. */
    @Override
    public boolean takeAnswer(Client client, ByteBuffer in) throws IOException {
        if (in.remaining() < HTTP.remaining() || begins(in, HTTP)) {
            if (!super.takeAnswer(client, in)) {
                return false;
            }
        }
        while (!client.isOpen() && take(client, in)) {
            // each turn takes one packet; that of the connection opens the client
        }
        return client.isOpen();
    }

    @Override
    public ByteBuffer message(byte[] text) {
        byte[] packet = new byte[EVENT.remaining() + text.length + EVENT_END.remaining()];
        ByteBuffer.wrap(packet).put(EVENT.duplicate()).put(text).put(EVENT_END.duplicate());
        return Frames.masked(Frames.TEXT, packet);
    }

    @Override
    void text(Client client, boolean compressed, ByteBuffer packet) throws IOException {
        int type = packet.hasRemaining() ? packet.get(packet.position()) : 0;
        switch (type) {
            case '0' -> client.send(Frames.masked(Frames.TEXT, CONNECT));
            case '1' -> client.end("packet close");
            case '2' -> {
                client.send(Frames.masked(Frames.TEXT, PONG));
                client.pinged();
            }
            case '4' -> message(client, packet);
            default -> throw new LoadException("the server has sent a packet of type " + (char) type);
        }
    }

    private static void message(Client client, ByteBuffer packet) throws IOException {
        int length = packet.remaining() - EVENT.remaining() - EVENT_END.remaining();
        if (!client.isOpen() && begins(packet, CONNECTED)) {
            client.open();
        } else if (length >= 0 && begins(packet, EVENT)) {
            packet.position(packet.position() + EVENT.remaining()).limit(packet.limit() - EVENT_END.remaining());
            client.deliver(packet);
        } else {
            throw new LoadException("the server has sent the packet " + StandardCharsets.UTF_8.decode(packet));
        }
    }

    private static boolean begins(ByteBuffer in, ByteBuffer text) {
        return in.remaining() >= text.remaining()
                && in.slice(in.position(), text.remaining()).equals(text);
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();
    }
}
