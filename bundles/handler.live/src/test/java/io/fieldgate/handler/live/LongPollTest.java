package io.fieldgate.handler.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.AsyncContext;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class LongPollTest {

    private final Deque<Runnable> jobs = new ArrayDeque<>();
    private final List<Update> answers = new ArrayList<>();
    private final Update news = Update.whole(List.of());
    private int gone;

    private final LongPoll poll = new LongPoll(clientThatHasGone(), jobs::add, this::answer, () -> gone++);

    @Test
    void answersWhatTheWorkerWasToSendWhenItEnds() {
        poll.send(news);
        poll.end();

        assertEquals(List.of(news), answers);
        assertEquals(1, gone);
    }

    @Test
    void answersOnceWhoeverIsLate() {
        poll.send(news);
        poll.end();
        poll.expire();
        poll.end();
        jobs.forEach(Runnable::run);

        assertEquals(List.of(news), answers);
        assertEquals(1, gone);
    }

    @Test
    void answersWithTheFirstNews() {
        poll.send(news);
        poll.expire();
        jobs.forEach(Runnable::run);

        assertEquals(List.of(news), answers);
    }

    private HttpAnswer answer(Update update) {
        answers.add(update);
        return new HttpAnswer(200, "application/json", new byte[0]);
    }

    private static AsyncContext clientThatHasGone() {
        return (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                    throw new IllegalStateException(method.getName());
                });
    }
}
