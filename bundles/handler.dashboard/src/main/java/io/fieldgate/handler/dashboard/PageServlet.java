package io.fieldgate.handler.dashboard;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Serves some of the files that the page is made of. Not a resource registration of the whiteboard, for a browser must ask
 * whether a file has changed: after an update of this bundle no part of the old page may meet the new one.
 */
abstract class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String READ_METHODS = "GET, HEAD";

    private final transient Map<String, PageFile> files;

    /**
     * Reads the files into memory, all together about 100 kB.
     *
     * @param path names a file by the path that it is asked for with
     * @param names the files
     */
    PageServlet(Function<String, String> path, String... names) {
        files = Arrays.stream(names).collect(Collectors.toUnmodifiableMap(path, PageFile::read));
    }

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PageFile file = files.get(String.valueOf(request.getPathInfo()));
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
}
