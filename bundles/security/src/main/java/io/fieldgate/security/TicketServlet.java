package io.fieldgate.security;

import io.fieldgate.api.data.User;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code POST /api/tickets}: what stands for the client's own credentials once, where a browser can send no header. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/tickets")
@HttpWhiteboardServletAsyncSupported
public final class TicketServlet extends Endpoint {

    private final Realm realm;

    @Activate
    public TicketServlet(@Reference Realm realm) {
        super("POST");
        this.realm = realm;
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<User> user = user(request).filter(known -> !known.isAnonymous());
        if (user.isEmpty()) {
            Reply.problem(403, "a ticket stands for a login or a token: log in first")
                    .send(response);
            return;
        }
        String ticket = realm.tickets().make(user.get());
        String expires =
                realm.now().plus(Tickets.LIFE).truncatedTo(ChronoUnit.SECONDS).toString();
        Reply.json(json -> {
                    json.writeStringField("ticket", ticket);
                    json.writeStringField("expires", expires);
                })
                .send(response);
    }
}
