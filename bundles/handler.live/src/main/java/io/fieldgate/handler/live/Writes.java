package io.fieldgate.handler.live;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.User;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.security.Audit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Writes points for those who may, and says so in the audit log, if there is one: who and which point, never the value. Internal to
 * this bundle.
 */
@Component(service = Writes.class)
public final class Writes {

    private static final String ACTION = "write";

    private final Points points;

    private volatile Optional<Audit> audit = Optional.empty();

    /**
     * Begins without an audit log.
     *
     * @param points where to write
     */
    @Activate
    public Writes(@Reference Points points) {
        this.points = points;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAudit(Audit service) {
        audit = Optional.of(service);
    }

    /** The next one is bound before the last is unbound. */
    void unbindAudit(Audit service) {
        if (audit.filter(current -> current == service).isPresent()) {
            audit = Optional.empty();
        }
    }

    /**
     * Tells whether a user may write, and if not writes that down.
     *
     * @param address the user's, with or without a port
     * @param point what was to be written, as the user calls it
     */
    boolean allowed(User user, String address, String point) {
        boolean allowed = user.role().includes(Role.OPERATOR);
        if (!allowed) {
            record(user, address, point, Audit.Outcome.REFUSED);
        }
        return allowed;
    }

    /** Writes, for a user who may. */
    CompletionStage<Sample> write(User user, String address, PointId point, Value value) {
        return points.write(point, value)
                .whenComplete((sample, failure) -> record(
                        user, address, point.toString(), failure == null ? Audit.Outcome.DONE : Audit.Outcome.FAILED));
    }

    private void record(User user, String address, String point, Audit.Outcome outcome) {
        audit.ifPresent(log -> log.record(user.name(), host(address), ACTION, point, outcome));
    }

    /** An IP address without a port; empty for one who has none, at a Unix domain socket. */
    static String host(String address) {
        int bracket = address.indexOf(']');
        if (bracket > 0) {
            return address.substring(1, bracket);
        }
        int colon = address.indexOf(':');
        boolean port = colon >= 0 && colon == address.lastIndexOf(':');
        String host = port ? address.substring(0, colon) : address;
        return host.equals("unix") ? "" : host;
    }
}
