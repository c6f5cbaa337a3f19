package io.fieldgate.transport.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a folder looks like to a browser. */
class ServingTest {

    private static final String PAGE = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({
        "a.html, text/html;charset=utf-8, no-cache",
        "app.3f9a1c2b.js, text/javascript;charset=utf-8, 'max-age=31536000, immutable'",
        "style-0a1b2c3d4e5f.css, text/css;charset=utf-8, 'max-age=31536000, immutable'",
        "log-20261122.txt, text/plain;charset=utf-8, no-cache",
        "shop.facade.css, text/css;charset=utf-8, no-cache",
        "data.json, application/json, no-cache",
        "PHOTO.JPG, image/jpeg, no-cache",
        "icon.svg, image/svg+xml, no-cache",
        "module.wasm, application/wasm, no-cache",
        "none, application/octet-stream, no-cache",
        "some.thing, application/octet-stream, no-cache"
    })
    void saysWhatAFileIsAndHowLongItMayBeKept(String name, String type, String control) throws Exception {
        Folder folder = new Folder(temporary.resolve("www")).file(name, "x");
        try (TestServer server = new TestServer(folder.at("/"))) {
            Reply reply = server.get("/" + name);

            assertEquals(200, reply.status());
            assertEquals(type, reply.header("Content-Type"));
            assertEquals(control, reply.header("Cache-Control"));
        }
    }

    @Test
    void servesTheIndexOfAFolderBehindItsSlash() throws Exception {
        Folder folder = new Folder(temporary.resolve("www"))
                .file("index.html", "top")
                .file("sub/index.html", "sub")
                .file("bare/a.txt", "a");
        try (TestServer server = new TestServer(folder.at("/docs"))) {
            assertEquals("top", server.get("/docs/").text());
            assertEquals("sub", server.get("/docs/sub/").text());
            for (String path : new String[] {"/docs", "/docs/sub"}) {
                Reply moved = server.get(path + "?q=1");
                assertEquals(301, moved.status());
                assertEquals(path + "/?q=1", moved.header("Location"));
            }
            assertEquals(404, server.get("/docs/bare/").status());
            assertEquals(404, server.get("/docs/bare").status());
            assertEquals(404, server.get("/").status());
        }
    }

    @Test
    void listsAFolderOnlyWhenItIsAsked() throws Exception {
        Folder folder =
                new Folder(temporary.resolve("www")).file("<b>&.txt", "x").file("a b/c.txt", "x");
        try (TestServer server = new TestServer(Folder.site("/", folder.layer("/", "", true)))) {
            Reply reply = server.get("/");

            assertEquals("text/html;charset=utf-8", reply.header("Content-Type"));
            assertTrue(reply.text().contains("<a href=\"./%3Cb%3E%26.txt\">&lt;b&gt;&amp;.txt</a>"), reply::text);
            assertTrue(reply.text().contains("<a href=\"./a%20b/\">a b/</a>"), reply::text);
            assertFalse(reply.text().contains("../"));
            assertTrue(server.get("/a%20b/").text().contains("<a href=\"../\">"));
            assertEquals(404, server.get("/none/").status());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /devices/7     | Accept: text/html,*/*;q=0.8  | 200
            GET  | /devices/      | Accept: text/html            | 200
            HEAD | /devices/7     | Accept: text/html            | 200
            GET  | /devices/7     | Accept: */*                  | 404
            GET  | /devices/7     | Accept: text/html;q=0        | 404
            GET  | /devices/7     | Accept: application/json     | 404
            GET  | /devices/7.js  | Accept: text/html            | 404
            POST | /devices/7     | Accept: text/html            | 404
            GET  | /.git/config   | Accept: text/html            | 404
            GET  | /../etc        | Accept: text/html            | 400
            """)
    void answersABrowserWithThePageOfAnApplication(String method, String target, String accept, int status)
            throws Exception {
        Folder folder = new Folder(temporary.resolve("www")).file("app.html", "app");
        try (TestServer server = new TestServer(Folder.site("/", folder.layer("/", "app.html", false)))) {
            Reply reply = server.ask(method, target, accept);

            assertEquals(status, reply.status());
            assertEquals(method.equals("GET") && status == 200, reply.text().equals("app"));
        }
    }

    @Test
    void asksEachLayerInTurn() throws Exception {
        Folder own = new Folder(temporary.resolve("own")).file("index.html", "own");
        Folder other = new Folder(temporary.resolve("other"))
                .file("index.html", "other")
                .file("a.txt", "a");
        Site site = Folder.site("/", own.layer("/", "", false), other.layer("/", "", false));
        try (TestServer server = new TestServer(site)) {
            assertEquals("own", server.get("/").text());
            assertEquals("a", server.get("/a.txt").text());
            site.show(List.of(other.layer("/", "", false)));
            assertEquals("other", server.get("/").text());
        }
    }

    @Test
    void seesAtOnceWhatHasChanged() throws Exception {
        Folder folder = new Folder(temporary.resolve("www")).file("a.txt", "one");
        try (TestServer server = new TestServer(folder.at("/"))) {
            String first = server.get("/a.txt").header("ETag");
            assertEquals("one", server.get("/a.txt").text());
            Path file = folder.path.resolve("a.txt");

            Files.writeString(file, "two");
            assertEquals("two", server.get("/a.txt", "If-None-Match: " + first).text());
            Files.writeString(file, "six"); // as long, and perhaps at the same time as before
            assertEquals("six", server.get("/a.txt").text());

            Path next = folder.path.resolve("next");
            Files.writeString(next, "ten");
            Files.setLastModifiedTime(next, FileTime.from(Folder.CHANGED));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            assertEquals("ten", server.get("/a.txt").text());

            assertEquals(404, server.get("/b.txt").status());
            folder.file("b.txt", "b").file("a.txt.gz", "gz");
            assertEquals("b", server.get("/b.txt").text());
            assertEquals("gz", server.get("/a.txt", "Accept-Encoding: gzip").text());
            Files.delete(file);
            assertEquals(404, server.get("/a.txt").status());

            Files.writeString(file, "one");
            assertEquals(first, server.get("/a.txt").header("ETag"));
            assertNotEquals("", first);
        }
    }

    @Test
    void saysThatAFolderIsNotThereUntilItIs() throws Exception {
        Folder folder = new Folder(temporary.resolve("www"));
        Files.delete(folder.path);
        try (TestServer server = new TestServer(folder.at("/"))) {
            assertEquals(503, server.get("/a.txt").status());
            assertEquals(503, server.get("/", PAGE).status());
            new Folder(folder.path).file("a.txt", "a");
            assertEquals("a", server.get("/a.txt").text());
            assertEquals(404, server.get("/b.txt").status());
        }
    }
}
