package io.fieldgate.handler.dashboard;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * The page at {@code /} and the files that it is made of. A servlet and not a resource registration, for the pattern {@code ""}
 * is the one that means the root and nothing else (Servlet 6.0, 12.1), and because a browser must ask whether a file has
 * changed: after an update of this bundle no part of the old page may meet the new one.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"", "/dashboard/*"})
public final class PageServlet implements Servlet {

    /** The files, by the path that they are asked for with. */
    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("/", "index.html"),
            Map.entry("/dashboard/app.js", "dashboard/app.js"),
            Map.entry("/dashboard/card.js", "dashboard/card.js"),
            Map.entry("/dashboard/chart.js", "dashboard/chart.js"),
            Map.entry("/dashboard/control.js", "dashboard/control.js"),
            Map.entry("/dashboard/format.js", "dashboard/format.js"),
            Map.entry("/dashboard/history.js", "dashboard/history.js"),
            Map.entry("/dashboard/icon.svg", "dashboard/icon.svg"),
            Map.entry("/dashboard/live.js", "dashboard/live.js"),
            Map.entry("/dashboard/style.css", "dashboard/style.css"),
            Map.entry("/dashboard/uplot/LICENSE", "dashboard/uplot/LICENSE"),
            Map.entry("/dashboard/uplot/uPlot.iife.min.js", "dashboard/uplot/uPlot.iife.min.js"),
            Map.entry("/dashboard/uplot/uPlot.min.css", "dashboard/uplot/uPlot.min.css"));

    private static final String READ_METHODS = "GET, HEAD";

    private final Map<String, PageFile> files;
    private ServletConfig servletConfig;

    /** Reads the files, about 100 kB, into memory. */
    @Activate
    public PageServlet() {
        files = FILES.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> PageFile.read(entry.getValue())));
    }

    @Override
    public void service(ServletRequest plainRequest, ServletResponse plainResponse) throws IOException {
        HttpServletRequest request = (HttpServletRequest) plainRequest;
        HttpServletResponse response = (HttpServletResponse) plainResponse;
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        PageFile file = files.get(request.getServletPath() + path);
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", READ_METHODS);
            refuse(response, 405, "Method Not Allowed", "the dashboard takes " + READ_METHODS);
        } else if (file == null) {
            refuse(response, 404, "Not Found", "the dashboard has no such file");
        } else {
            file.send(request, response);
        }
    }

    /** A problem of RFC 9457; none of its texts has a character that JSON escapes. */
    private static void refuse(HttpServletResponse response, int status, String title, String detail)
            throws IOException {
        byte[] body = "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                .formatted(title, status, detail)
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    @Override
    public void init(ServletConfig config) {
        servletConfig = config;
    }

    @Override
    public ServletConfig getServletConfig() {
        return servletConfig;
    }

    @Override
    public String getServletInfo() {
        return "Fieldgate dashboard";
    }

    @Override
    public void destroy() {
        // There is nothing that a request leaves behind.
    }
}
