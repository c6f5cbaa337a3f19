package io.fieldgate.api.gateway;

import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.User;
import io.fieldgate.api.data.Value;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Who writes a point, and what becomes of it when the writer is lost. Immutable. In one line:
 *
 * <pre>{@code
 * points.write(pump, Value.of(true), Write.by(session).repeatedWithin(Duration.ofSeconds(2)).whileOpen(session));
 * }</pre>
 *
 * <p><b>A plain write</b> stands until somebody writes the point again.
 *
 * <p><b>A held write</b> stands as long as its writer is there. When the writer is lost, the gateway writes the point's safe
 * value: the one of {@link #withSafe}, else {@link PointInfo#safe()}. Lost means the first of these:
 *
 * <ul>
 *   <li>{@link #repeatedWithin}: no held write of the point has come within the time. Nothing prolongs it, not even an update of
 *       the handler: let it be longer than that takes.
 *   <li>{@link #whileOpen}: the session has closed. One that waits for the next version of its handler has not.
 *   <li>Without a session: the bundle that wrote has gone, and it has not come back and held the point again within the takeover
 *       time (30 s unless configured).
 *   <li>The gateway stops.
 * </ul>
 *
 * <p>Of several held writes of a point the last one counts, whoever made it. A plain write that was done ends the hold. A safe
 * value that cannot be written is tried again until it is, or until the point is written by somebody else.
 */
public final class Write {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Write OWN = new Write(null, "", false, null, null, null);

    private final User user;
    private final String from;
    private final boolean held;
    private final Duration limit;
    private final Value safe;
    private final String session;

    private Write(User user, String from, boolean held, Duration limit, Value safe, String session) {
        this.user = user;
        this.from = from;
        this.held = held;
        this.limit = limit;
        this.safe = safe;
        this.session = session;
    }

    /**
     * A write for somebody. It is done if the user's role includes {@link PointInfo#role()}.
     *
     * @param user who writes, for the role and the audit log
     * @param from where the user is: an IP address, with or without a port, or empty for this machine
     * @return a plain write
     */
    public static Write by(User user, String from) {
        return new Write(
                Objects.requireNonNull(user, "user"), Objects.requireNonNull(from, "from"), false, null, null, null);
    }

    /**
     * A write for the user of a session. That alone does not tie it to the session: {@link #whileOpen} does.
     *
     * @param session whose user writes
     * @return a plain write
     */
    public static Write by(SocketSession session) {
        return by(session.user(), session.request().remoteAddress());
    }

    /**
     * A write of the calling bundle in its own right, say of a control loop. It needs no role.
     *
     * @return a plain write
     */
    public static Write own() {
        return OWN;
    }

    /**
     * The same, held.
     *
     * @return another write
     */
    public Write held() {
        return new Write(user, from, true, limit, safe, session);
    }

    /**
     * The same, held, and lost when it is not repeated in time (a dead man's switch).
     *
     * @param most the longest time from one held write of the point to the next, 100 ms to 1 day
     * @return another write
     * @throws IllegalArgumentException if the time is shorter or longer
     */
    public Write repeatedWithin(Duration most) {
        if (most.compareTo(SHORTEST) < 0 || most.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a write is held 100 ms to 1 day, got " + most);
        }
        return new Write(user, from, true, most, safe, session);
    }

    /**
     * The same, held, with a safe value of its own.
     *
     * @param value what the point is set to when the writer is lost, in place of {@link PointInfo#safe()}
     * @return another write
     */
    public Write withSafe(Value value) {
        return new Write(user, from, true, limit, Objects.requireNonNull(value, "value"), session);
    }

    /**
     * The same, held, and lost when a session closes.
     *
     * @param client the session
     * @return another write
     */
    public Write whileOpen(SocketSession client) {
        return new Write(user, from, true, limit, safe, client.id());
    }

    /**
     * Who writes.
     *
     * @return the user, or empty for the bundle itself
     */
    public Optional<User> user() {
        return Optional.ofNullable(user);
    }

    /**
     * Where the writer is.
     *
     * @return an IP address, with or without a port, or empty
     */
    public String from() {
        return from;
    }

    /**
     * Whether the write stands only as long as its writer is there.
     *
     * @return true if it is held
     */
    public boolean isHeld() {
        return held;
    }

    /**
     * How soon it must be repeated.
     *
     * @return the longest time from one held write of the point to the next, or empty if it need not be
     */
    public Optional<Duration> limit() {
        return Optional.ofNullable(limit);
    }

    /**
     * What the point is set to in place of its own safe value.
     *
     * @return the value, or empty for {@link PointInfo#safe()}
     */
    public Optional<Value> safe() {
        return Optional.ofNullable(safe);
    }

    /**
     * With which session it is lost.
     *
     * @return the id of a session, or empty for none
     */
    public Optional<String> session() {
        return Optional.ofNullable(session);
    }

    /** For example {@code held write by anna from 192.0.2.7:51034}. */
    @Override
    public String toString() {
        return (held ? "held write" : "write")
                + (user == null ? "" : " by " + user.name())
                + (from.isEmpty() ? "" : " from " + from);
    }
}
