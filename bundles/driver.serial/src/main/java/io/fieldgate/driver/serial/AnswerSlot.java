package io.fieldgate.driver.serial;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where the driver waits for an answer and the reader brings it. One waits at a time, as the gateway calls. */
final class AnswerSlot {

    /** What is waited for. */
    record Waiting(LinePattern pattern, CompletableFuture<Map<String, String>> answer) {}

    private volatile Waiting waiting;

    CompletableFuture<Map<String, String>> await(LinePattern pattern) {
        CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();
        waiting = new Waiting(pattern, answer);
        return answer;
    }

    void forget() {
        waiting = null;
    }

    /** Whether this line is the answer. */
    boolean offer(String line) {
        Waiting now = waiting;
        if (now == null) {
            return false;
        }
        Optional<Map<String, String>> groups = now.pattern().match(line);
        if (groups.isPresent()) {
            waiting = null;
            now.answer().complete(groups.get());
        }
        return groups.isPresent();
    }
}
