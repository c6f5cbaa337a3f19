package io.fieldgate.config;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the content of one file stays. A change of a key that a component marks waits to be confirmed; until then the content
 * before lies in {@link ConfirmedFiles}. Guarded by {@link EtcFiles}.
 */
final class Confirmation {

    /** The end of the wait, for the gateway and for people. */
    private record Deadline(long nanos, Instant time) {}

    /**
     * How it stands.
     *
     * @param confirmed what comes back; nothing if there was no file
     * @param inForce what the file said when it was applied last
     * @param deadline when it comes back, if the one waits to replace the other
     */
    private record Standing(Optional<Content> confirmed, Optional<Content> inForce, Optional<Deadline> deadline) {

        static Standing confirmed(Optional<Content> content) {
            return new Standing(content, content, Optional.empty());
        }

        boolean waits() {
            return deadline.isPresent();
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Confirmation.class);

    private final String name;
    private final Means means;

    private Optional<Content> trusted = Optional.empty();
    private Standing now = Standing.confirmed(Optional.empty());

    /** Before the last change, in case that the component fails with it. */
    private Standing before = now;

    Confirmation(String name, Means means) {
        this.name = name;
        this.means = means;
    }

    /** Found when the gateway started: whoever starts it stands beside it. */
    void trust(Content content) {
        trusted = Optional.of(content);
    }

    /**
     * A content is about to be put in force. When this returns, what may have to come back is on the disk.
     *
     * @param content nothing if the file has gone
     */
    void change(Target target, Optional<Content> content) throws IOException {
        before = now;
        if (now.waits() && content.equals(now.inForce())) {
            // Another bundle has come that declares it.
            return;
        }
        // It counts until the first change, also for another version of the bundle.
        trusted = trusted.filter(found -> content.equals(Optional.of(found)));
        Set<String> keys = means.probe().confirmedKeys(target);
        if (keys.isEmpty() || trusted.isPresent() || !differs(target, keys, content)) {
            become(Standing.confirmed(content));
            if (before.waits()) {
                LOG.info("{} has its confirmed values again: nothing waits any more", name);
            }
        } else {
            Instant end = means.clock().instant().plus(means.confirmation());
            long nanos = means.nanoTime().getAsLong() + means.confirmation().toNanos();
            become(new Standing(now.confirmed(), content, Optional.of(new Deadline(nanos, end))));
            LOG.warn(
                    "{} is taken back at {} unless it is confirmed: fieldgate config confirm",
                    name,
                    end.truncatedTo(ChronoUnit.SECONDS));
        }
    }

    /** Of a factory configuration, whether it is there counts as well. */
    private boolean differs(Target target, Set<String> keys, Optional<Content> content) {
        if (!target.instance().isEmpty()
                && content.isPresent() != now.confirmed().isPresent()) {
            return true;
        }
        return target.schema()
                .differs(
                        keys,
                        now.confirmed().map(Content::lines).orElse(Map.of()),
                        content.map(Content::lines).orElse(Map.of()));
    }

    /** Only comments or the order of lines are others than before. */
    void rewritten(Content content) {
        now = now.waits()
                ? new Standing(now.confirmed(), Optional.of(content), now.deadline())
                : Standing.confirmed(Optional.of(content));
    }

    /** The component fails with the last change, and what was in force before it is so again. */
    void undo() throws IOException {
        become(before);
    }

    private void become(Standing next) throws IOException {
        if (next.waits()) {
            means.confirmed().keep(name, next.confirmed());
        } else if (now.waits()) {
            means.confirmed().forget(name);
        }
        now = next;
    }

    /** Until when it can be confirmed. */
    Optional<Instant> revertsAt() {
        return now.deadline().map(Deadline::time);
    }

    boolean isOver() {
        return now.deadline()
                .filter(end -> means.nanoTime().getAsLong() - end.nanos() >= 0)
                .isPresent();
    }

    /** Keeps what is in force. */
    void confirm() throws IOException {
        become(Standing.confirmed(now.inForce()));
    }

    /**
     * Brings the file back.
     *
     * @return what it says again, or nothing if there was none
     */
    Optional<Content> takeBack() {
        try {
            means.confirmed().restore(name);
        } catch (IOException e) {
            LOG.error("{} cannot be brought back in etc/, so its next change or the next start may apply it", name, e);
        }
        now = Standing.confirmed(now.confirmed());
        before = now;
        return now.confirmed();
    }
}
