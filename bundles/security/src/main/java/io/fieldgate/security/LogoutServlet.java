package io.fieldgate.security;

import io.fieldgate.api.security.Audit;
import io.fieldgate.api.security.Authenticator;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code POST /api/logout}: ends the login by which the request came, with all that it let in. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/logout")
@HttpWhiteboardServletAsyncSupported
public final class LogoutServlet extends Endpoint {

    private final Realm realm;
    private final Audit audit;

    @Activate
    public LogoutServlet(@Reference Realm realm, @Reference Audit audit) {
        super("POST");
        this.realm = realm;
        this.audit = audit;
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = user(request).map(user -> user.name()).orElse("");
        if (login(request).map(realm::endLogin).orElse(false)) {
            audit.record(name, request.getRemoteAddr(), "logout", "", Audit.Outcome.DONE);
        }
        Reply reply = type(request).equals(FORM) ? Reply.seeOther(Authenticator.LOGIN_PAGE) : Reply.nothing();
        reply.with("Set-Cookie", LoginCookie.clear(request)).send(response);
    }
}
