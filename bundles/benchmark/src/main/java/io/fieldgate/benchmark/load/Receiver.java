package io.fieldgate.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What happens to the clients of a {@link Load}. Called by its thread only. */
public interface Receiver {

    /**
     * The handshake is through.
     *
     * @param client who is in
     * @throws IOException if the load cannot go on
     */
    default void opened(Client client) throws IOException {}

    /**
     * A message has come.
     *
     * @param client whose it is
     * @param payload what it carries, between position and limit; is used again when this returns
     * @throws IOException if the load cannot go on, as when it is not the message that was to come
     */
    void received(Client client, ByteBuffer payload) throws IOException;

    /**
     * The server has asked whether the client is there, and was answered.
     *
     * @param client who was asked
     */
    default void pinged(Client client) {}

    /**
     * The server has closed.
     *
     * @param client who was closed
     * @param reason the close code, or how else it ended
     * @throws IOException if the load cannot go on; so it is unless overridden
     */
    default void closed(Client client, String reason) throws IOException {
        throw new LoadException("the server has closed a connection: " + reason);
    }
}
