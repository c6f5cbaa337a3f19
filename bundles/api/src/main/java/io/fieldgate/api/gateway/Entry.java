package io.fieldgate.api.gateway;

import io.fieldgate.api.transport.SocketLink;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The gateway's answer to a request for a session. More kinds may follow. */
@ProviderType
public sealed interface Entry {

    /**
     * The client stays out.
     *
     * @param status HTTP status that says why, 400 to 599
     * @param detail one line for a person
     */
    record Refused(int status, String detail) implements Entry {

        /** Refuses null. */
        public Refused {
            Objects.requireNonNull(detail, "detail");
        }
    }

    /**
     * The client comes in, if its transport now calls {@link #open}. One that has lost its client meanwhile drops the entry;
     * nothing is held by it.
     */
    @ProviderType
    non-sealed interface Granted extends Entry {

        /**
         * The subprotocol that is spoken.
         *
         * @return the name that the client is told, or empty if none is
         */
        Optional<String> subprotocol();

        /**
         * The greatest message that the handler takes. A client that sends more is closed with 1009.
         *
         * @return bytes of payload, after decompression; 1 or more
         */
        int maxMessageBytes();

        /**
         * Tells whether messages are to be compressed if the client can.
         *
         * @return true if the handler wants it
         */
        boolean deflate();

        /**
         * Makes the session. To be called once, before the client is told that it is in: a message that is broadcast from
         * here on is for this client too. The link must hold back what it fetches until the client has been told.
         *
         * <p>The handler's {@code opened} runs next, maybe on this thread, and then the first message is demanded.
         *
         * @param link the connection to the client
         * @return the session
         * @throws IllegalStateException if it was called before
         */
        LinkedSession open(SocketLink link);
    }
}
