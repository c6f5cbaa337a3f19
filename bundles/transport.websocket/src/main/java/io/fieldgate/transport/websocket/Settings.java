package io.fieldgate.transport.websocket;

/**
 * The configuration, checked.
 *
 * @param pingSeconds silence of a client after which it is pinged; 0 for never
 * @param pongSeconds how long a client may take to answer a ping
 * @param idleSeconds time without a byte in either direction after which a connection is closed; 0 for never
 * @param readBufferBytes the most that is read at a time
 * @param writeBatchBytes the most that is written at a time
 * @param deflateMinBytes messages smaller than this are never compressed
 * @param pendingMax how many clients may wait at a time for the answer whether they may come in
 * @param messagesPerSecond how many messages, pings, pongs and small fragments a client may send; 0 for any
 * @param loopbackLimits whether that counts for clients on this machine as well
 * @param messageSeconds how long a message may take from its first byte to its last; 0 for any time
 * @param buffersMaxBytes how much memory all messages together may take that have not come whole yet
 */
record Settings(
        int pingSeconds,
        int pongSeconds,
        int idleSeconds,
        int readBufferBytes,
        int writeBatchBytes,
        int deflateMinBytes,
        int pendingMax,
        int messagesPerSecond,
        boolean loopbackLimits,
        int messageSeconds,
        int buffersMaxBytes) {

    Settings {
        check("ping.s", pingSeconds, 0, 3600);
        check("pong.s", pongSeconds, 1, 600);
        check("idle.s", idleSeconds, 0, 86_400);
        check("read.buffer.bytes", readBufferBytes, 1024, 65_536);
        check("write.batch.bytes", writeBatchBytes, 1024, 1_048_576);
        check("deflate.min.bytes", deflateMinBytes, 1, 1_048_576);
        check("pending.max", pendingMax, 1, 65_536);
        check("messages.per.s", messagesPerSecond, 0, 1_000_000);
        check("message.s", messageSeconds, 0, 3600);
        check("buffers.max.bytes", buffersMaxBytes, 65_536, 1_073_741_824);
    }

    /** Tells whether a client is held to a rate of messages. */
    boolean limits(String address) {
        return messagesPerSecond > 0 && (loopbackLimits || !Loopback.is(address));
    }

    private static void check(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be " + least + " to " + most + ", is " + value);
        }
    }
}
