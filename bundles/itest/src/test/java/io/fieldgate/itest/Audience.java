package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Clients that read what is broadcast to them, {@code number millis padding}, as fast as it comes. */
final class Audience implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Reader> readers = new ArrayList<>();

    /** One of them. Written by one thread at a time, read by the test. */
    private static final class Reader implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();
        private volatile int next;
        private volatile long latestMillis;
        private volatile String trouble = "";
        private volatile WebSocket socket;

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                heard(text.substring(0, Math.min(text.length(), 40)));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            trouble = "closed with " + code + ' ' + reason;
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            trouble = error.toString();
        }

        private void heard(String message) {
            String[] words = message.split(" ", 3);
            if (Integer.parseInt(words[0]) != next) {
                trouble = "expected message " + next + ", got " + words[0];
            }
            latestMillis = Math.max(latestMillis, System.currentTimeMillis() - Long.parseLong(words[1]));
            next = Integer.parseInt(words[0]) + 1;
        }
    }

    /** Brings so many clients to a path. */
    static Audience of(int clients, URI gateway, String path) throws Exception {
        Audience audience = new Audience();
        URI uri = URI.create("ws://" + gateway.getAuthority() + path);
        for (int i = 0; i < clients; i++) {
            Reader reader = new Reader();
            reader.socket =
                    audience.http.newWebSocketBuilder().buildAsync(uri, reader).get(10, TimeUnit.SECONDS);
            audience.readers.add(reader);
        }
        return audience;
    }

    /** Waits until everybody has got that many messages, in order. */
    void awaitEach(int messages, Duration limit) {
        await("everybody has heard all").atMost(limit).until(() -> {
            readers.stream()
                    .map(reader -> reader.trouble)
                    .filter(t -> !t.isEmpty())
                    .findFirst()
                    .ifPresent(trouble -> {
                        throw new AssertionError(trouble);
                    });
            return readers.stream().allMatch(reader -> reader.next == messages);
        });
    }

    /** The longest time from sending to hearing, of all messages and clients. */
    Duration latest() {
        return Duration.ofMillis(
                readers.stream().mapToLong(reader -> reader.latestMillis).max().orElse(0));
    }

    @Override
    public void close() {
        readers.forEach(reader -> reader.socket.abort());
    }
}
