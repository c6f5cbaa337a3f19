package io.fieldgate.config;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The first moments of a component with new values.
 *
 * <p>Declarative Services show the new values a moment before they replace the component, so an outcome counts only when it is seen
 * twice, {@value #CONFIRM_MS} ms apart.
 */
final class Trial {

    static final long CONFIRM_MS = 50;

    /** How long a component may take; what cannot be seen by then has not failed. */
    static final long PATIENCE_MS = 2_000;

    /** How long its bundle may take to start before that. */
    static final long BUNDLE_PATIENCE_MS = 30_000;

    private final ComponentProbe probe;
    private final Target target;
    private final Map<String, Object> values;
    private final LongSupplier nanoTime;

    private long endNanos;
    private final long lastNanos;
    private ComponentProbe.Sight sight = ComponentProbe.Sight.OPEN;
    private long sightNanos;

    Trial(ComponentProbe probe, Target target, Map<String, Object> values, LongSupplier nanoTime) {
        this.probe = probe;
        this.target = target;
        this.values = values;
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        endNanos = now + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        lastNanos = now + TimeUnit.MILLISECONDS.toNanos(BUNDLE_PATIENCE_MS);
    }

    Target target() {
        return target;
    }

    Map<String, Object> values() {
        return values;
    }

    /**
     * Looks at the component. Called by one thread only.
     *
     * @return the outcome, or nothing as long as it is open
     */
    Optional<ComponentProbe.Sight> look() {
        long now = nanoTime.getAsLong();
        if (!probe.isStarted(target) && now < lastNanos) {
            endNanos = now + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
            return Optional.empty();
        }
        ComponentProbe.Sight seen = probe.look(target, values);
        if (seen.state() != sight.state()) {
            sight = seen;
            sightNanos = now;
        }
        boolean confirmed = sight.state() != ComponentProbe.State.OPEN
                && now - sightNanos >= TimeUnit.MILLISECONDS.toNanos(CONFIRM_MS);
        return confirmed || now >= endNanos ? Optional.of(sight) : Optional.empty();
    }
}
