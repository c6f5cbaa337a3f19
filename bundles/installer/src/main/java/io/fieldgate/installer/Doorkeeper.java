package io.fieldgate.installer;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.security.Audit;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Lets to updates over HTTP whom they are for, whatever the configuration lets through, and tells the audit log, if there is one. Internal to
 * this bundle.
 */
@Component(service = Doorkeeper.class)
public final class Doorkeeper {

    private volatile Optional<Audit> audit = Optional.empty();

    /** Begins without an audit log. */
    @Activate
    public Doorkeeper() {
        // what it needs is bound
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
     * Sees to it that who asks may.
     *
     * @return who it is
     * @throws HttpProblem if they may not: 401 to one who has shown nothing, else 403
     */
    User require(HttpServletRequest request, Role role) throws HttpProblem {
        User user = request.getAttribute(User.ATTRIBUTE) instanceof User known
                ? known
                : new User(User.ANONYMOUS, Role.VIEWER);
        if (user.role().includes(role)) {
            return user;
        }
        record(
                request,
                user,
                "request",
                request.getMethod()
                        + ' '
                        + request.getServletPath()
                        + Optional.ofNullable(request.getPathInfo()).orElse(""),
                Audit.Outcome.REFUSED);
        String detail = "this needs the role " + role.id();
        throw user.isAnonymous()
                ? HttpProblem.unauthorized(detail, request.getHeader("Sec-Fetch-Mode") != null)
                : new HttpProblem(403, detail);
    }

    /** Writes a line into the audit log. */
    void record(HttpServletRequest request, User user, String action, String subject, Audit.Outcome outcome) {
        audit.ifPresent(log -> log.record(user.name(), address(request), action, subject, outcome));
    }

    /** An IP address; empty for one who has none, at a Unix domain socket. */
    static String address(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return address == null || address.equals("unix")
                ? ""
                : address.replace("[", "").replace("]", "");
    }
}
