package io.fieldgate.testkit;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A subscription to everything, and requests that are answered at once. */
final class LiveConversation implements Conversation {

    private static final Pattern ANSWER = Pattern.compile("\\{\"op\":\"(ok|error)\",\"id\":(\\d+)[,}]");
    private static final Pattern SEQUENCE = Pattern.compile("\"seq\":(\\d+)");

    @Override
    public Optional<String> subprotocol() {
        return Optional.of("fieldgate.live.v1");
    }

    @Override
    public Part begin(String client) {
        return new Subscriber(client);
    }

    private static final class Subscriber implements Part {

        private final String client;
        private long sequence = -1;

        private Subscriber(String client) {
            this.client = client;
        }

        @Override
        public String say(long number) {
            return number == 0
                    ? "{\"op\":\"subscribe\",\"id\":0,\"filters\":[\"**\"],\"mode\":\"every\"}"
                    : "{\"op\":\"devices\",\"id\":" + number + "}";
        }

        @Override
        public OptionalLong hear(String text) {
            Matcher answer = ANSWER.matcher(text);
            if (answer.lookingAt()) {
                if (answer.group(1).equals("error")) {
                    throw new AssertionError(client + " was refused: " + text);
                }
                return OptionalLong.of(Long.parseLong(answer.group(2)));
            }
            SEQUENCE.matcher(text)
                    .results()
                    .mapToLong(found -> Long.parseLong(found.group(1)))
                    .forEach(this::heard);
            return OptionalLong.empty();
        }

        private void heard(long next) {
            if (next <= sequence) {
                throw new AssertionError(client + " was sent sample " + next + " after sample " + sequence);
            }
            sequence = next;
        }
    }
}
