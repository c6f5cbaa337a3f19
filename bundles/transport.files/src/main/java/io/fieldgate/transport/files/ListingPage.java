package io.fieldgate.transport.files;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The page that shows what is in a folder. Its links are relative, so it need not know where it is. */
final class ListingPage {

    private static final String START = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Files</title></head>
            <body>
            <ul>
            """;
    private static final String END = """
            </ul>
            </body>
            </html>
            """;

    private ListingPage() {}

    static void send(Hit.Listing listing, HttpServletResponse response) throws IOException {
        byte[] page = html(listing).getBytes(StandardCharsets.UTF_8);
        listing.settings().headers().forEach(response::setHeader);
        response.setHeader("Cache-Control", "no-cache");
        response.setContentType("text/html;charset=utf-8");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }

    static String html(Hit.Listing listing) {
        StringBuilder html = new StringBuilder(START);
        if (!listing.top()) {
            html.append("<li><a href=\"../\">../</a></li>\n");
        }
        for (String name : listing.names()) {
            html.append("<li><a href=\"./")
                    .append(encoded(name))
                    .append("\">")
                    .append(escaped(name))
                    .append("</a></li>\n");
        }
        return html.append(END).toString();
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    private static String escaped(String name) {
        return name.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
