package io.fieldgate.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * What the points must know of the sessions: whether one is there, and when it has closed. One that is parked has not.
 *
 * <p><b>Threading.</b> Safe for use by many threads. Listeners are called without any lock, and wait for nothing.
 */
@Component(service = SessionEnds.class)
public final class SessionEnds {

    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private volatile Predicate<String> open = id -> false;

    /** Begins without sessions. */
    @Activate
    public SessionEnds() {}

    /** Says who knows which sessions there are. */
    void source(Predicate<String> known) {
        open = known;
    }

    boolean isOpen(String session) {
        return open.test(session);
    }

    void listen(Consumer<String> listener) {
        listeners.add(listener);
    }

    void forget(Consumer<String> listener) {
        listeners.remove(listener);
    }

    /** A session has closed: {@link #isOpen} denies it already. */
    void ended(String session) {
        listeners.forEach(listener -> listener.accept(session));
    }
}
