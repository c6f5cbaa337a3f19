package io.fieldgate.testkit;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What clients say to a handler and how they know that its answer is right. Each message is answered once, in the order in which they
 * were sent; what else comes is the conversation's own affair.
 */
@FunctionalInterface
public interface Conversation {

    /**
     * What one client says and hears.
     *
     * <p><b>Threading.</b> Used by one thread at a time, so it may remember what it has heard.
     */
    interface Part {

        /**
         * The next message.
         *
         * @param number counts the messages of this client from 0
         * @return the text to send
         */
        String say(long number);

        /**
         * Judges what has come.
         *
         * @param text a text message from the handler
         * @return the number of the message that it answers; empty if it answers none and is all right
         * @throws AssertionError if it is wrong; the check then fails with it
         */
        OptionalLong hear(String text);
    }

    /**
     * Begins the conversation of one client.
     *
     * @param client a name that no other client has, of letters and digits
     * @return the client's part
     */
    Part begin(String client);

    /**
     * The subprotocol that clients offer.
     *
     * @return its name; empty, unless overridden, for none
     */
    default Optional<String> subprotocol() {
        return Optional.empty();
    }

    /**
     * The conversation with a handler that sends back each text as it came.
     *
     * @return messages of about 10 bytes
     */
    static Conversation echo() {
        return echo(0);
    }

    /**
     * The conversation with a handler that sends back each text as it came.
     *
     * @param bytes size of each message; about 10 if that is more
     * @return messages of that size
     */
    static Conversation echo(int bytes) {
        return client -> new EchoPart(client, bytes);
    }

    /**
     * The conversation with {@code handler.live} at {@code /live}: each client subscribes to every sample of all points, asks for the
     * devices again and again, and insists that the sequence numbers ascend.
     *
     * @return messages of {@code fieldgate.live.v1}
     */
    static Conversation live() {
        return new LiveConversation();
    }
}
