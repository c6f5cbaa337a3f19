package io.fieldgate.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * How clients of one path speak. All of them share one, which knows nothing of any of them: where a conversation stands can be
 * told from the client, and from what has arrived. Used by one thread.
 */
interface Dialect {

    /** What a client sends as soon as it is connected; nothing if it has no remaining bytes. */
    ByteBuffer request();

    /**
     * Goes on with the opening, and takes what belongs to it from the front of what has arrived.
     *
     * @param client whose it is
     * @param in what has arrived; at the first call, right after the request, nothing has
     * @return true once messages can be sent
     * @throws IOException if the server does not let the client in
     */
    boolean takeAnswer(Client client, ByteBuffer in) throws IOException;

    /**
     * Takes what stands at the front of what has arrived, and hands it to the client if it is a message.
     *
     * @param client whose it is
     * @param in what has arrived; the position moves behind what is taken
     * @return false if nothing is there whole
     * @throws IOException if the server may not send that
     */
    boolean take(Client client, ByteBuffer in) throws IOException;

    /**
     * Makes what a client sends for a message.
     *
     * @param text ASCII without quotes, backslashes and control characters; is not changed
     * @return a direct buffer, ready to be written
     */
    ByteBuffer message(byte[] text);
}
