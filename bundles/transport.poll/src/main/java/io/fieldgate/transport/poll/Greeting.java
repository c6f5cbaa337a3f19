package io.fieldgate.transport.poll;

import io.fieldgate.api.gateway.Entry;
import java.util.Optional;

/**
 * What a client is told of its session when it is new.
 *
 * @param session the session's id, a secret
 * @param subprotocol what is spoken
 * @param maxMessageBytes the greatest message that the client may send
 * @param settings says how long it may be away, and how much it may send at a time
 */
record Greeting(String session, Optional<String> subprotocol, int maxMessageBytes, Settings settings) {

    static Greeting of(String session, Entry.Granted granted, Settings settings) {
        return new Greeting(session, granted.subprotocol(), granted.maxMessageBytes(), settings);
    }

    /** The members that stand behind {@code session}, each with a comma in front. */
    String members() {
        return subprotocol.map(name -> ",\"subprotocol\":" + Json.quoted(name)).orElse("")
                + ",\"resume.s\":" + settings.resumeSeconds()
                + ",\"message.max.bytes\":" + maxMessageBytes
                + ",\"post.max.bytes\":" + settings.postMaxBytes()
                + ",\"post.max.messages\":" + Settings.POST_MAX_MESSAGES;
    }

    /** Hides the secret. */
    @Override
    public String toString() {
        return "a greeting";
    }
}
