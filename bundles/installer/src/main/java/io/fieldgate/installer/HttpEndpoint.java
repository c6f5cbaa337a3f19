package io.fieldgate.installer;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Paths of the gateway's port that are about updates. Who asks is for whoever opens the port to say. */
abstract class HttpEndpoint implements Servlet {

    static final String READ_METHODS = "GET, HEAD";

    private ServletConfig servletConfig;

    /** Answers a request, or puts it aside. */
    abstract void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, HttpProblem;

    @Override
    public final void service(ServletRequest plainRequest, ServletResponse plainResponse) throws IOException {
        HttpServletResponse response = (HttpServletResponse) plainResponse;
        try {
            answer((HttpServletRequest) plainRequest, response);
        } catch (HttpProblem problem) {
            problem.reply().send(response);
        }
    }

    /** What stands behind the servlet's own path, without the slash. */
    static String rest(HttpServletRequest request) {
        String info = request.getPathInfo();
        return info == null || info.isEmpty() ? "" : info.substring(1);
    }

    static boolean isRead(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    static void requireRead(HttpServletRequest request) throws HttpProblem {
        if (!isRead(request)) {
            throw HttpProblem.method(READ_METHODS);
        }
    }

    /** A parameter of the query; the default if it is not there. */
    static String parameter(HttpServletRequest request, String name, String byDefault) throws HttpProblem {
        try {
            String value = request.getParameter(name);
            return value == null ? byDefault : value;
        } catch (RuntimeException e) {
            // What a container throws for a query that it cannot decode is its own affair (Servlet 6.0, 3.1).
            throw new HttpProblem(400, "the query cannot be decoded");
        }
    }

    /** Tells whether a parameter of the query is there, alone or as {@code true}. */
    static boolean flag(HttpServletRequest request, String name) throws HttpProblem {
        return switch (parameter(request, name, "false")) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw new HttpProblem(400, name + " must be true or false");
        };
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
        return "Fieldgate updates";
    }

    @Override
    public final void destroy() {
        // The components end what is open.
    }
}
