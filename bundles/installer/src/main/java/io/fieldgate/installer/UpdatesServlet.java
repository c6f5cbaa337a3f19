package io.fieldgate.installer;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.gateway.Installer;
import io.fieldgate.api.gateway.Update;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code GET /api/updates/{id}}: how far an update is. With {@code ?wait=SECONDS} the answer comes when that changes, at the end, or when the
 * time is up; no thread waits. When this component goes, all who wait are answered with what is.
 */
@Component(
        service = Servlet.class,
        property = {
            // Not by the annotations of the Servlet Whiteboard: they would wire the installer to whoever implements it,
            // and an update of
            // that one would restart the installer.
            "osgi.http.whiteboard.servlet.pattern=/api/updates/*",
            "osgi.http.whiteboard.servlet.asyncSupported:Boolean=true"
        })
public final class UpdatesServlet extends HttpEndpoint {

    private static final int WAIT_MAX_S = 60;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Installer installer;
    private final Doorkeeper door;
    private final UpdateWaits waits;

    @Activate
    public UpdatesServlet(@Reference Installer installer, @Reference Doorkeeper door) {
        this(installer, door, UpdateWaits.MAX);
    }

    UpdatesServlet(Installer installer, Doorkeeper door, int waitsMax) {
        this.installer = installer;
        this.door = door;
        waits = new UpdateWaits(waitsMax);
    }

    @Deactivate
    void deactivate() {
        waits.close();
    }

    /** How many requests wait. */
    int waiting() {
        return waits.waiting();
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, HttpProblem {
        requireRead(request);
        door.require(request, Role.ADMIN);
        Update update = update(rest(request));
        long seconds = number(parameter(request, "wait", "0"));
        if (seconds > WAIT_MAX_S) {
            throw new HttpProblem(400, "wait must be 0 to " + WAIT_MAX_S + " seconds");
        }
        if (seconds == 0 || update.state().isEnd()) {
            HttpReply.json(200, json -> UpdateJson.update(json, update)).send(response);
        } else {
            waits.put(request, update, () -> find(update.id()).orElse(update), seconds);
        }
    }

    private Update update(String id) throws HttpProblem {
        long wanted = NUMBER.matcher(id).matches() ? Long.parseLong(id) : 0;
        return find(wanted)
                .orElseThrow(
                        () -> new HttpProblem(404, "there is no update of that number, or none that is still known"));
    }

    private Optional<Update> find(long id) {
        return installer.updates().stream().filter(update -> update.id() == id).findFirst();
    }

    private static long number(String text) throws HttpProblem {
        if (!NUMBER.matcher(text).matches()) {
            throw new HttpProblem(400, "wait must be 0 to " + WAIT_MAX_S + " seconds");
        }
        return Long.parseLong(text);
    }
}
