package io.fieldgate.transport.files;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Answers for a site what no other servlet answers. */
final class FileServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String METHODS = "GET, HEAD, OPTIONS";

    private final transient Site site;

    FileServlet(Site site) {
        this.site = site;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        Optional<RequestPath> path = RequestPath.of(request.getRequestURI(), site.path());
        Hit hit = path.isPresent()
                ? site.find(
                        path.get(),
                        Encodings.preferred(header(request, "Accept-Encoding")),
                        () -> reads && asksForAPage(request))
                : Hit.NOTHING;
        if (hit instanceof Hit.Nothing nothing) {
            refuse(nothing, response);
        } else if (request.getMethod().equals("OPTIONS")) {
            response.setHeader("Allow", METHODS);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else if (!reads) {
            response.setHeader("Allow", METHODS);
            Problem.METHOD.send(response);
        } else if (hit instanceof Hit.File file) {
            new FileAnswer(request, response, file).send();
        } else if (hit instanceof Hit.Listing listing) {
            ListingPage.send(listing, response);
        } else {
            redirect(request, response);
        }
    }

    /** By {@code sendError}, for a transport before us may have a better answer than a 404. */
    private static void refuse(Hit.Nothing nothing, HttpServletResponse response) throws IOException {
        if (nothing.away()) {
            Problem.AWAY.send(response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    /** The path has a name in each segment, so it cannot be taken for the name of another host (RFC 3986, 4.2). */
    private static void redirect(HttpServletRequest request, HttpServletResponse response) {
        String query = request.getQueryString();
        response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
        response.setHeader("Location", request.getRequestURI() + '/' + (query == null ? "" : '?' + query));
        response.setHeader("Cache-Control", "no-cache");
    }

    /** A browser that opens a page names {@code text/html}; scripts and programs ask for anything. */
    private static boolean asksForAPage(HttpServletRequest request) {
        for (String type :
                header(request, "Accept").orElse("").toLowerCase(Locale.ROOT).split(",", -1)) {
            List<String> parts = List.of(type.replaceAll("\\s", "").split(";", -1));
            if (parts.get(0).equals("text/html")) {
                return parts.stream().noneMatch(part -> part.matches("q=0(\\.0*)?"));
            }
        }
        return false;
    }

    private static Optional<String> header(HttpServletRequest request, String name) {
        return request.getHeader(name) == null
                ? Optional.empty()
                : Optional.of(String.join(",", Collections.list(request.getHeaders(name))));
    }
}
