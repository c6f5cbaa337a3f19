package io.fieldgate.transport.http.served;

import io.fieldgate.api.data.User;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;

/** Says whom it takes the user for, or all that it sees of the request, or nothing for a long time, or fails. */
public final class ServedServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (String.valueOf(request.getPathInfo())) {
            case "/fails" -> throw new IllegalStateException("a secret of the servlet");
            case "/all" -> say(all(request), response);
            case "/held" -> hold(request, response);
            case "/body" -> say(request.getInputStream().readAllBytes().length + " bytes", response);
            default ->
                say(
                        request.getRemoteUser() + " viewer=" + request.isUserInRole("viewer") + " operator="
                                + request.isUserInRole("operator"),
                        response);
        }
    }

    private static void say(String text, HttpServletResponse response) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static void hold(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        response.setContentLength(100);
        response.getOutputStream().print("held");
        response.flushBuffer();
    }

    private static String all(HttpServletRequest request) {
        StringBuilder all = new StringBuilder()
                .append("user=")
                .append(((User) request.getAttribute(User.ATTRIBUTE)).grant())
                .append("\nurl=")
                .append(request.getRequestURL())
                .append("\nquery=")
                .append(request.getQueryString())
                .append("\nparameters=")
                .append(request.getParameterMap().keySet())
                .append("\nclient=")
                .append(request.getRemoteAddr())
                .append("\nsecure=")
                .append(request.isSecure());
        Cookie[] cookies = request.getCookies() == null ? new Cookie[0] : request.getCookies();
        for (Cookie cookie : cookies) {
            all.append("\ncookie ").append(cookie.getName()).append('=').append(cookie.getValue());
        }
        for (String name : Collections.list(request.getHeaderNames())) {
            all.append("\nheader ").append(name).append('=').append(Collections.list(request.getHeaders(name)));
        }
        return all.toString();
    }
}
