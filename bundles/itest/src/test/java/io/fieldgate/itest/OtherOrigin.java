package io.fieldgate.itest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A web server of somebody else, on a port of its own of both names of this machine: an empty page at any path, and the client
 * of this build. It notes the cookies that browsers send it.
 */
final class OtherOrigin implements AutoCloseable {

    private static final String CLIENT = "/fieldgate.js";
    private static final byte[] PAGE =
            "<!doctype html><title>elsewhere</title><p>elsewhere".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final List<String> cookies = new CopyOnWriteArrayList<>();

    OtherOrigin() throws IOException {
        server.createContext("/", this::answer);
        server.start();
    }

    /** Its origin under one of the names of this machine. */
    String at(String name) {
        return "http://" + name + ':' + server.getAddress().getPort();
    }

    /** The header {@code Cookie} of each request to a path, empty where there was none. */
    List<String> cookiesSentTo(String path) {
        return cookies.stream()
                .filter(line -> line.startsWith(path + ' '))
                .map(line -> line.substring(path.length() + 1))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String cookie = exchange.getRequestHeaders().getFirst("Cookie");
            cookies.add(path + ' ' + (cookie == null ? "" : cookie));
            boolean client = path.equals(CLIENT);
            Path file = Sources.root().resolve("bundles/client/src/main/resources/client/fieldgate.js");
            byte[] content = client ? Files.readAllBytes(file) : PAGE;
            exchange.getResponseHeaders()
                    .set("Content-Type", (client ? "text/javascript" : "text/html") + ";charset=utf-8");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
