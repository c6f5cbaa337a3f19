package io.fieldgate.installer;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.gateway.InstalledBundle;
import io.fieldgate.api.gateway.Installer;
import io.fieldgate.api.gateway.Update;
import io.fieldgate.api.handler.ServletBodyMaxBytes;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The bundles over HTTP, below {@code /api/bundles}: which there are, what became of them, another version of one, and the version before.
 *
 * <p>What can be answered at once is answered before anything is touched, so that also who replaces the installer hears which number to ask for.
 */
@Component(
        service = Servlet.class,
        property = {
            // As for UpdatesServlet: the annotations would wire the installer to whoever serves HTTP.
            "osgi.http.whiteboard.servlet.pattern=/api/bundles/*",
            "osgi.http.whiteboard.servlet.asyncSupported:Boolean=true"
        })
@ServletBodyMaxBytes(67_108_864)
public final class BundlesServlet extends HttpEndpoint {

    private static final String HISTORY = "/history";
    private static final String ROLLBACK = "/rollback";

    private final Installer installer;
    private final Doorkeeper door;
    private final UpdateRequests updates;

    @Activate
    public BundlesServlet(@Reference Installer installer, @Reference Doorkeeper door) {
        this(installer, door, UpdateRequests.UPLOADS_MAX);
    }

    BundlesServlet(Installer installer, Doorkeeper door, int uploadsMax) {
        this.installer = installer;
        this.door = door;
        updates = new UpdateRequests(installer, door, uploadsMax);
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, HttpProblem {
        String rest = rest(request);
        if (rest.isEmpty()) {
            requireReader(request);
            list().send(response);
        } else if (rest.endsWith(HISTORY)) {
            requireReader(request);
            history(rest.substring(0, rest.length() - HISTORY.length())).send(response);
        } else if (rest.endsWith(ROLLBACK)) {
            if (!request.getMethod().equals("POST")) {
                throw HttpProblem.method("POST");
            }
            updates.rollback(
                            request,
                            door.require(request, Role.ADMIN),
                            rest.substring(0, rest.length() - ROLLBACK.length()))
                    .send(response);
        } else if (request.getMethod().equals("PUT")) {
            updates.put(request, door.require(request, Role.ADMIN), rest).send(response);
        } else if (isRead(request)) {
            requireReader(request);
            bundle(rest).send(response);
        } else {
            throw HttpProblem.method(READ_METHODS + ", PUT");
        }
    }

    private void requireReader(HttpServletRequest request) throws HttpProblem {
        requireRead(request);
        door.require(request, Role.OPERATOR);
    }

    private HttpReply list() {
        return HttpReply.json(200, json -> {
            UpdateJson.bundles(json, installer.bundles());
            UpdateJson.failures(json, installer.failures());
        });
    }

    /** The first of a name is the one that counts. */
    private HttpReply bundle(String name) throws HttpProblem {
        InstalledBundle found = installer.bundles().stream()
                .filter(bundle -> bundle.symbolicName().equals(name))
                .findFirst()
                .orElseThrow(BundlesServlet::unknown);
        return HttpReply.json(200, json -> UpdateJson.bundle(json, found));
    }

    private HttpReply history(String name) throws HttpProblem {
        List<Update> past = installer.updates().stream()
                .filter(update -> update.parts().stream()
                        .anyMatch(part -> part.symbolicName().equals(name)))
                .toList();
        boolean there = installer.bundles().stream()
                .anyMatch(bundle -> bundle.symbolicName().equals(name));
        if (past.isEmpty() && !there) {
            throw unknown();
        }
        return HttpReply.json(200, json -> UpdateJson.updates(json, past));
    }

    private static HttpProblem unknown() {
        return new HttpProblem(404, "there is no bundle of that name");
    }
}
