package io.fieldgate.security;

import io.fieldgate.api.data.User;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** One path that takes one method. Who asks is for whoever opens the port to say. */
abstract class Endpoint implements Servlet {

    static final String FORM = "application/x-www-form-urlencoded";
    static final String JSON = "application/json";

    private final String method;
    private ServletConfig servletConfig;

    Endpoint(String method) {
        this.method = method;
    }

    /** Answers a request, which has the right method. */
    abstract void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;

    @Override
    public final void service(ServletRequest plainRequest, ServletResponse plainResponse) throws IOException {
        HttpServletRequest request = (HttpServletRequest) plainRequest;
        HttpServletResponse response = (HttpServletResponse) plainResponse;
        if (request.getMethod().equals(method)) {
            answer(request, response);
        } else {
            Reply.problem(405, "this resource takes " + method)
                    .with("Allow", method)
                    .send(response);
        }
    }

    /** Who asks; empty if nobody has been let in. */
    static Optional<User> user(HttpServletRequest request) {
        return request.getAttribute(User.ATTRIBUTE) instanceof User user ? Optional.of(user) : Optional.empty();
    }

    /** The id of the login by which the request came; empty if it came otherwise. */
    static Optional<String> login(HttpServletRequest request) {
        return user(request)
                .flatMap(user -> Grant.parse(user.grant()))
                .filter(grant -> grant.kind().equals(Grant.LOGIN))
                .map(Grant::name);
    }

    /** The type of the body without its parameters; empty if the request tells none. */
    static String type(HttpServletRequest request) {
        String type = request.getContentType();
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public final void init(ServletConfig config) {
        servletConfig = config;
    }

    @Override
    public final ServletConfig getServletConfig() {
        return servletConfig;
    }

    @Override
    public final String getServletInfo() {
        return "Fieldgate security";
    }

    @Override
    public final void destroy() {
        // Nothing is held for a servlet.
    }
}
