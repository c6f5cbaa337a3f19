package io.fieldgate.installer;

import io.fieldgate.api.gateway.Update;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request that waits for an update to change its state. It is answered once, with what is then.
 *
 * <p><b>Threading.</b> Safe for use by many threads. The installer's is one of them, so nothing here waits for the client.
 */
final class UpdateWait implements AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(UpdateWait.class);

    private final AsyncContext context;
    private final Update update;
    private final Update.State known;
    private final Supplier<Update> latest;
    private final Consumer<UpdateWait> ended;
    private boolean answered; // guarded by this

    /**
     * Begins with the state that the update is in.
     *
     * @param context the request, which the caller lets this listen to
     * @param latest looks for the update again: one that a new installer has found under way when it came may not tell of its end
     * @param ended runs once, when the request is complete
     */
    UpdateWait(AsyncContext context, Update update, Supplier<Update> latest, Consumer<UpdateWait> ended) {
        this.context = context;
        this.update = update;
        this.latest = latest;
        this.ended = ended;
        known = update.state();
    }

    Update update() {
        return update;
    }

    /** Answers if the update is in another state, or will not come to one. */
    void answerIfChanged() {
        Update.State now = update.state();
        if (now != known || now.isEnd()) {
            answer();
        }
    }

    /** Answers, unless that was done. */
    void answer() {
        answer(update);
    }

    private synchronized void answer(Update now) {
        if (answered) {
            return;
        }
        answered = true;
        try {
            HttpReply.json(200, json -> UpdateJson.update(json, now)).send((HttpServletResponse) context.getResponse());
            context.complete();
        } catch (IOException | IllegalStateException e) {
            LOG.debug("an answer could not be sent, its client has gone or its time is up", e);
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        answer(latest.get());
        complete(); // for another thread that has just answered may not, while this one runs
    }

    @Override
    public void onError(AsyncEvent event) {
        complete();
    }

    private void complete() {
        try {
            context.complete();
        } catch (IllegalStateException e) {
            LOG.debug("a request was complete before", e);
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        ended.accept(this);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // nobody starts it again
    }
}
