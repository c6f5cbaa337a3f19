package io.fieldgate.shell;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A service that may come and go. Safe for use by many threads. */
final class Slot<T> {

    private final AtomicReference<T> service = new AtomicReference<>();
    private final String bundle;

    /** A slot for a service of one bundle, which people are told of when the service is missing. */
    Slot(String bundle) {
        this.bundle = bundle;
    }

    /** Puts the service in. */
    void set(T arrived) {
        service.set(arrived);
    }

    /** Takes the service out, unless its successor has come already. */
    void clear(T departed) {
        service.compareAndSet(departed, null);
    }

    /** The service, or empty if it is not there now. */
    Optional<T> get() {
        return Optional.ofNullable(service.get());
    }

    /**
     * The service.
     *
     * @throws IllegalStateException if it is not there now, with a line that names the bundle
     */
    T orFail() {
        return get().orElseThrow(() -> new IllegalStateException(missing()));
    }

    /** What to say when the service is not there. */
    String missing() {
        return "the bundle " + bundle + " is not active";
    }
}
