package io.fieldgate.core;

import io.fieldgate.api.gateway.DriverInfo.State;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a driver is, and a line in the log whenever that changes. Guarded by the lock of {@link DriverSlot}. */
final class DriverCondition {

    private static final Logger LOG = LoggerFactory.getLogger(DriverCondition.class);

    private final String id;
    private final String bundle;
    private State state = State.STARTING;
    private String detail = "";
    private boolean said;
    private String unlisted = "";
    private Optional<String> unread = Optional.empty();

    DriverCondition(String id, String bundle) {
        this.id = id;
        this.bundle = bundle;
    }

    State state() {
        return state;
    }

    /** Why it is so; of one that runs and still cannot be read well, what is wrong with that. */
    String detail() {
        return unread.filter(problem -> state == State.RUNNING)
                .map(problem -> "last read: " + problem)
                .orElse(detail);
    }

    /** It has been polled; what was wrong is in the log already. */
    void polled(Optional<String> problem) {
        unread = problem;
    }

    /** It is about to be started. */
    void starts() {
        said = false;
    }

    /** Its start has returned: it runs, unless it has said otherwise meanwhile. */
    void started() {
        if (!said) {
            become(State.RUNNING, "", null);
        }
    }

    /** Its start has failed; the cause is null if it said so itself. */
    void startFailed(String why, Throwable cause) {
        become(State.DISCONNECTED, why, cause);
    }

    /** It says how it is. */
    void says(boolean connected, String text) {
        said = true;
        become(connected ? State.RUNNING : State.DISCONNECTED, text, null);
    }

    /** It has listed its devices. */
    void listed(int devices) {
        unlisted = "";
        unread = Optional.empty();
        LOG.info("driver {} has {} devices", id, devices);
    }

    /** It cannot list its devices; the cause is null if it said so itself. */
    void listFailed(String why, Throwable cause) {
        if (!unlisted.equals(why)) {
            unlisted = why;
            LOG.warn("driver {} cannot list its devices, the last known ones stay: {}", id, why, cause);
        }
    }

    private void become(State now, String why, Throwable cause) {
        if (state == now && detail.equals(why)) {
            return;
        }
        state = now;
        detail = why;
        if (now == State.DISCONNECTED) {
            LOG.warn("driver {} of {} is disconnected: {}", id, bundle, why, cause);
        } else {
            LOG.info("driver {} of {} runs{}{}", id, bundle, why.isEmpty() ? "" : ": ", why);
        }
    }
}
