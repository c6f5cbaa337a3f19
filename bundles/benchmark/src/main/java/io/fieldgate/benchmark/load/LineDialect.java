package io.fieldgate.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Nothing but TCP: a message ends with a line feed. */
final class LineDialect implements Dialect {

    private static final byte END = '\n';

    @Override
    public ByteBuffer request() {
        return ByteBuffer.allocate(0);
    }

    @Override
    public boolean takeAnswer(Client client, ByteBuffer in) {
        return true;
    }

    @Override
    public boolean take(Client client, ByteBuffer in) throws IOException {
        for (int i = in.position(); i < in.limit(); i++) {
            if (in.get(i) == END) {
                int limit = in.limit();
                in.limit(i);
                client.deliver(in);
                in.limit(limit).position(i + 1);
                return true;
            }
        }
        return false;
    }

    @Override
    public ByteBuffer message(byte[] text) {
        return ByteBuffer.allocateDirect(text.length + 1).put(text).put(END).flip();
    }
}
