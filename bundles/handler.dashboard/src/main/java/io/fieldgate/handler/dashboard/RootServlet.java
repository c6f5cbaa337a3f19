package io.fieldgate.handler.dashboard;

import jakarta.servlet.Servlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The page itself. The pattern is the empty text, which is the root and nothing else (Servlet 6.0, 12.1): {@code /} would take
 * every path that nobody serves. It is given as a property because declarative services drop an empty element of an array.
 */
@Component(service = Servlet.class, property = "osgi.http.whiteboard.servlet.pattern=")
public final class RootServlet extends PageServlet {

    private static final long serialVersionUID = 1L;

    @Activate
    public RootServlet() {
        super(name -> "/", "index.html");
    }
}
