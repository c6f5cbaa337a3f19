package io.fieldgate.itest.subject;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Component;

/** Says which version it is; its bundle has a page besides, as a resource of the Servlet Whiteboard. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=/replaced/servlet",
            "osgi.http.whiteboard.resource.pattern=/replaced/page/*",
            "osgi.http.whiteboard.resource.prefix=/page"
        })
public final class VersionServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] version = Versioned.versionOf(VersionServlet.class).getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/plain");
        response.setContentLength(version.length);
        response.getOutputStream().write(version);
    }
}
