package io.fieldgate.transport.poll;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** One POST, from when its body has been read to its answer. Guarded by the monitor of its {@link Inbound}. */
final class Post {

    private final Exchange exchange;
    private final Deque<Message> messages;
    private final long first;
    private final boolean numbered;
    private final Optional<CloseReason> close;
    private final Runnable answered;
    private int waited;

    /** @param answered runs when it has been answered, and its body is of no use any more */
    Post(Exchange exchange, PostBody body, Runnable answered) {
        this.exchange = exchange;
        this.answered = answered;
        messages = new ArrayDeque<>(body.messages());
        first = body.first();
        numbered = body.isNumbered();
        close = body.close();
    }

    /** The number of its first message; of no meaning if there is none. */
    long first() {
        return first;
    }

    boolean isNumbered() {
        return numbered;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** What the client wants to end with, once the messages have been taken. */
    Optional<CloseReason> close() {
        return close;
    }

    Message take() {
        return messages.remove();
    }

    /** Leaves out the messages before a number. */
    void skipTo(long number) {
        for (long skipped = first; skipped < number && !messages.isEmpty(); skipped++) {
            messages.remove();
        }
    }

    /** A second has passed; tells how many have since it came. */
    int beat() {
        waited++;
        return waited;
    }

    /** Has the container call on a thread of its own. */
    void start(Runnable work) {
        exchange.context().start(work);
    }

    /** Answers how far it came. A message without a number cannot be sent again unless the client knows that it was not taken. */
    void answer(long next) {
        if (numbered || messages.isEmpty()) {
            exchange.next(next);
            answered.run();
        } else {
            refuse(Refusal.of(503, "the handler has not taken the message in time"));
        }
    }

    void refuse(Refusal refusal) {
        exchange.refuse(refusal);
        answered.run();
    }
}
