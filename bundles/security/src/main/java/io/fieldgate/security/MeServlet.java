package io.fieldgate.security;

import io.fieldgate.api.data.User;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code GET /api/me}: who the client is, for a page that wants to show it. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/me")
@HttpWhiteboardServletAsyncSupported
public final class MeServlet extends Endpoint {

    /** Needs nothing. */
    public MeServlet() {
        super("GET");
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        user(request)
                .map(user -> of(request, user))
                .orElseGet(() -> Reply.problem(401, "nobody is logged in"))
                .send(response);
    }

    private static Reply of(HttpServletRequest request, User user) {
        return Reply.json(json -> {
            json.writeStringField("name", user.name());
            json.writeStringField("role", user.role().id());
            json.writeBooleanField("anonymous", user.isAnonymous());
            json.writeBooleanField("login", login(request).isPresent());
        });
    }
}
