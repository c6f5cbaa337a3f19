package io.fieldgate.driver.serial;

import io.fieldgate.api.driver.TableLine;
import java.util.Optional;

/** Something that is sent, and what must come back: a request that is polled, or a point that is written. */
final class Exchange {

    private final String name;
    private final String send;
    private final LinePattern answer;
    private final long periodMillis;
    private final long timeoutMillis;

    private Exchange(TableLine line, String answerKey, boolean polled) {
        name = line.name();
        send = Escapes.resolve(line, "send", line.required("send"));
        answer = polled || line.has(answerKey) ? LinePattern.of(line, answerKey) : null;
        periodMillis = polled ? line.integer("period.ms", 10, 86_400_000, 1000) : 0;
        timeoutMillis = line.integer("timeout.ms", 10, 8000, 1000);
    }

    /** A line of the table {@code requests}. */
    static Exchange polled(TableLine line) {
        Exchange exchange = new Exchange(line, "pattern", true);
        line.end();
        return exchange;
    }

    /** What a line of the table {@code points} says about writing. */
    static Exchange writing(TableLine line) {
        Exchange exchange = new Exchange(line, "answer", false);
        if (!exchange.send.contains("%s")) {
            throw line.wrong("send is not allowed without %s, which stands for the value");
        }
        return exchange;
    }

    String name() {
        return name;
    }

    String text() {
        return send;
    }

    String text(String value) {
        return send.replace("%s", value);
    }

    Optional<LinePattern> answer() {
        return Optional.ofNullable(answer);
    }

    long periodMillis() {
        return periodMillis;
    }

    long timeoutMillis() {
        return timeoutMillis;
    }
}
