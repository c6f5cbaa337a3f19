package io.fieldgate.transport.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compressed files beside the plain one, chosen as RFC 9110, 12.5.3 and 12.5.5, says. */
class PrecompressedFilesTest {

    @TempDir
    static Path temporary;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        Folder folder = new Folder(temporary.resolve("www"))
                .file("both.js", "plain")
                .file("both.js.br", "br")
                .file("both.js.gz", "gzip")
                .file("one.js", "plain")
                .file("one.js.gz", "gzip")
                .file("old.js", "plain")
                .file("old.js.gz", "gzip");
        Files.setLastModifiedTime(folder.path.resolve("old.js.gz"), FileTime.from(Folder.CHANGED.minusSeconds(60)));
        server = new TestServer(folder.at("/"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /both.js | gzip, deflate, br           | br
            /both.js | gzip;q=1.0, br;q=0.5        | gzip
            /both.js | br;q=0, gzip                | gzip
            /both.js | GZIP                        | gzip
            /both.js | x-gzip                      | gzip
            /both.js | *                           | br
            /both.js | br;q=0, *;q=0.1             | gzip
            /both.js | identity, gzip;q=0.5        | plain
            /both.js | identity;q=0.5, gzip;q=0.5  | gzip
            /both.js | identity;q=0, gzip          | gzip
            /both.js | deflate, zstd               | plain
            /both.js | gzip;q=0                    | plain
            /both.js | gzip;q=nonsense             | plain
            /both.js | ''                          | plain
            /one.js  | br, gzip                    | gzip
            /one.js  | br                          | plain
            """)
    void choosesWhatTheClientWouldRatherHave(String path, String accepted, String body) throws Exception {
        Reply reply = server.get(path, "Accept-Encoding: " + accepted);

        assertEquals(body, reply.text());
        assertEquals(body.equals("plain") ? "" : body, reply.header("Content-Encoding"));
        assertEquals("text/javascript;charset=utf-8", reply.header("Content-Type"));
        assertEquals("Accept-Encoding", reply.header("Vary"));
    }

    @Test
    void sendsThePlainFileToAClientThatSaysNothing() throws Exception {
        Reply reply = server.get("/both.js");

        assertEquals("plain", reply.text());
        assertEquals("Accept-Encoding", reply.header("Vary"));
    }

    /** RFC 9110, 8.8.3.3: another representation, another tag. */
    @Test
    void weighsConditionsAndRangesAgainstWhatItChose() throws Exception {
        String gzip = "Accept-Encoding: gzip";
        String compressed = server.get("/both.js", gzip).header("ETag");

        assertNotEquals(server.get("/both.js").header("ETag"), compressed);
        assertEquals(
                304,
                server.get("/both.js", gzip, "If-None-Match: " + compressed).status());
        assertEquals(200, server.get("/both.js", "If-None-Match: " + compressed).status());
        Reply part = server.get("/both.js", gzip, "Range: bytes=0-1");
        assertEquals("gz", part.text());
        assertEquals("gzip", part.header("Content-Encoding"));
        assertEquals("bytes 0-1/4", part.header("Content-Range"));
    }

    @Test
    void forgetsACompressedFileThatIsOlderThanThePlainOne() throws Exception {
        Reply reply = server.get("/old.js", "Accept-Encoding: gzip");

        assertEquals("plain", reply.text());
        assertEquals("", reply.header("Vary"));
    }

    @Test
    void sendsACompressedFileAsItselfWhenItIsAskedFor() throws Exception {
        Reply reply = server.get("/one.js.gz", "Accept-Encoding: gzip");

        assertEquals("application/gzip", reply.header("Content-Type"));
        assertEquals("", reply.header("Content-Encoding"));
        assertEquals("gzip", reply.text());
    }
}
