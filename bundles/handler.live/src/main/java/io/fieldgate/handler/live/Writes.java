package io.fieldgate.handler.live;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.gateway.Write;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes of what a client sends a write of the gateway, which checks it and tells the audit log of it. Internal to this bundle. */
@Component(service = Writes.class)
public final class Writes {

    /**
     * A write that can be asked for.
     *
     * @param point the point
     * @param value the value
     * @param how for whom, and what becomes of the point when the client is lost
     */
    record Prepared(PointId point, Value value, Write how) {}

    private final Points points;

    /**
     * Begins.
     *
     * @param points where to write
     */
    @Activate
    public Writes(@Reference Points points) {
        this.points = points;
    }

    /** Tells whether the gateway refuses a writer by the role. Then nothing else is said of the point or the request. */
    static boolean refuses(Optional<PointInfo> point, Write by) {
        Role needed = point.map(PointInfo::role).orElse(Role.OPERATOR);
        return by.user().filter(user -> !user.role().includes(needed)).isPresent();
    }

    /** A write that the gateway refuses, whatever the value is. It is asked for all the same: the gateway writes down who was refused. */
    static Prepared refused(PointId point, Write by) {
        return new Prepared(point, Value.of(false), by);
    }

    /**
     * Reads what is to be written.
     *
     * @param point the point
     * @param request has {@code value}, and maybe {@code holdMs} and {@code safe}
     * @param by the writer
     * @param session with which a held write is lost, or empty if there is none
     */
    static Prepared prepare(PointInfo point, Request request, Write by, Optional<SocketSession> session)
            throws RequestException, PointException {
        Literal value = request.value();
        if (!point.access().writable()) {
            throw new PointException(PointException.Reason.READ_ONLY, point.id() + " can be read only");
        }
        Value converted = value.toValue(point);
        OptionalLong hold = request.holdMillis(session.isPresent());
        Optional<Literal> safe = request.safe();
        Write how = by;
        if (safe.isPresent()) {
            how = how.withSafe(safe.get().toValue(point));
        }
        if (hold.isPresent() && hold.getAsLong() > 0) {
            how = how.repeatedWithin(Duration.ofMillis(hold.getAsLong()));
        }
        if (session.isPresent() && (hold.isPresent() || safe.isPresent())) {
            how = how.whileOpen(session.get());
        }
        return new Prepared(point.id(), converted, how);
    }

    /** Writes. */
    CompletionStage<Sample> write(Prepared prepared) {
        return points.write(prepared.point(), prepared.value(), prepared.how());
    }
}
