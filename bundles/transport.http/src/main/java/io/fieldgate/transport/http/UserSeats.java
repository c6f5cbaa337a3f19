package io.fieldgate.transport.http;

import io.fieldgate.api.data.User;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpStatus;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what each known user has open: requests that are at work, and connections that have become something else, such as WebSockets.
 * The anonymous user of this machine is not counted.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class UserSeats implements Preprocessor {

    /** Right behind the {@link Gatekeeper}, who knows the user. */
    static final int RANKING = Gatekeeper.RANKING - 1;

    private static final Logger LOG = LoggerFactory.getLogger(UserSeats.class);
    private static final String RETRY_SECONDS = "2";

    private final Limits limits;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private final RareLine crowded =
            new RareLine(LOG::info, "{} requests were refused: user.connections.max of one user are open");

    UserSeats(Limits limits) {
        this.limits = limits;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getAttribute(User.ATTRIBUTE) instanceof User user
                && !user.name().equals(User.ANONYMOUS)) {
            if (!take(user.name())) {
                crowded.count();
                refuse((HttpServletResponse) response);
                return;
            }
            new UserSeat(() -> leave(user.name())).follow(ServletContextRequest.getServletContextRequest(request));
        }
        chain.doFilter(request, response);
    }

    @Override
    public void init(FilterConfig config) {
        // nothing to prepare
    }

    @Override
    public void destroy() {
        // who has a seat gives it back all the same
    }

    /** Takes a seat, if the user may have one more. */
    boolean take(String user) {
        if (taken.merge(user, 1, Integer::sum) > limits.now().connectionsOfUser()) {
            leave(user);
            return false;
        }
        return true;
    }

    /** Gives a seat back. */
    void leave(String user) {
        taken.computeIfPresent(user, (same, count) -> count == 1 ? null : count - 1);
    }

    private static void refuse(HttpServletResponse response) throws IOException {
        Problem problem = new Problem(
                HttpStatus.TOO_MANY_REQUESTS_429, "too much of this user is open at once (user.connections.max)");
        response.setHeader("Retry-After", RETRY_SECONDS);
        problem.send(response);
    }
}
