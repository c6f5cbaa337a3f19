package io.fieldgate.transport.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing but the folder's own files can be had, however it is asked for. */
class WaysOutTest {

    private static final String SECRET = "the secret";

    @TempDir
    static Path temporary;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        new Folder(temporary).file("secret.txt", SECRET).file("outside/secret.txt", SECRET);
        new Folder(temporary).file("www-secret/secret.txt", SECRET);
        Folder folder = new Folder(temporary.resolve("www"))
                .file("a.txt", "a")
                .file("sub/b.txt", "b")
                .file("ümlaut.txt", "umlaut")
                .file(".hidden", SECRET)
                .file(".git/config", SECRET)
                .file("sub/.htpasswd", SECRET)
                .file("sub/.hidden.gz", SECRET);
        Path www = folder.path;
        Files.createSymbolicLink(www.resolve("file.txt"), temporary.resolve("secret.txt"));
        Files.createSymbolicLink(www.resolve("relative.txt"), Path.of("../secret.txt"));
        Files.createSymbolicLink(www.resolve("folder"), temporary.resolve("outside"));
        Files.createSymbolicLink(www.resolve("parent"), Path.of(".."));
        Files.createSymbolicLink(www.resolve("sibling"), temporary.resolve("www-secret"));
        Files.createSymbolicLink(www.resolve("dangling.txt"), temporary.resolve("none"));
        Files.createSymbolicLink(www.resolve("loop"), Path.of("loop"));
        Files.createSymbolicLink(www.resolve("chain.txt"), Path.of("file.txt"));
        Files.createSymbolicLink(www.resolve("a.txt.gz"), temporary.resolve("secret.txt"));
        Files.createSymbolicLink(www.resolve("unhidden"), Path.of(".git"));
        Files.createSymbolicLink(www.resolve("inside.txt"), Path.of("sub/b.txt"));
        Files.createSymbolicLink(www.resolve("within"), Path.of("sub"));
        server = new TestServer(
                Folder.site("/", folder.layer("/", "", true)), Folder.site("/docs", folder.layer("/docs", "", true)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret.txt",
                "/../../../../../../../../etc/passwd",
                "/sub/../../secret.txt",
                "/docs/../../secret.txt",
                "/docs/../.hidden",
                "/%2e%2e/secret.txt",
                "/%2E%2E/secret.txt",
                "/.%2e/secret.txt",
                "/%2e./secret.txt",
                "/..%2fsecret.txt",
                "/..%2Fsecret.txt",
                "/sub%2f..%2f..%2fsecret.txt",
                "/%2e%2e%2fsecret.txt",
                "/%252e%252e/secret.txt",
                "/%252e%252e%252fsecret.txt",
                "/%25252e%25252e/secret.txt",
                "/..%5csecret.txt",
                "/..%5Csecret.txt",
                "/%5c..%5c..%5csecret.txt",
                "/..\\secret.txt",
                "/..%255csecret.txt",
                "/..%c0%afsecret.txt",
                "/%c0%ae%c0%ae/secret.txt",
                "/%e0%80%ae%e0%80%ae/secret.txt",
                "/..;/secret.txt",
                "/..;x=y/secret.txt",
                "/sub;/../../secret.txt",
                "/%2e%2e;/secret.txt",
                "/a.txt%00",
                "/a.txt%00.html",
                "/%00/../secret.txt",
                "/.../secret.txt",
                "/./a.txt/../../secret.txt",
                "//../secret.txt",
                "///etc/passwd",
                "//etc/passwd",
                "/file:/etc/passwd",
                "/file:%2f%2f%2fetc%2fpasswd",
                "/%2fetc%2fpasswd",
                "/.hidden",
                "/%2ehidden",
                "/%2Ehidden",
                "/.git/config",
                "/.GIT/config",
                "/%2egit/config",
                "/sub/.htpasswd",
                "/sub/%2ehtpasswd",
                "/sub/.hidden",
                "/unhidden/config",
                "/file.txt",
                "/relative.txt",
                "/folder/secret.txt",
                "/folder/",
                "/parent/secret.txt",
                "/parent/www/.hidden",
                "/parent/",
                "/sibling/secret.txt",
                "/dangling.txt",
                "/loop",
                "/loop/a",
                "/chain.txt",
                "/a.txt/",
                "/a.txt/b",
                "/sub/b.txt/",
                "/docs/../a",
                "/docsa.txt",
                "/docs%2f..%2fa.txt",
                "/%",
                "/%4",
                "/%zz",
                "/%ff",
                "/a%0d%0aSet-Cookie:x",
                "/a%7f"
            })
    void doesNotLeadOut(String target) throws Exception {
        Reply reply = server.get(target, "Accept-Encoding: gzip");

        assertTrue(reply.status() == 404 || reply.status() == 400, () -> target + " is answered " + reply.status());
        assertFalse(reply.text().contains(SECRET), target);
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 1000, 4095, 5000, 7000})
    void aPathThatIsTooLongIsNotThere(int length) throws Exception {
        assertEquals(404, server.get("/" + "a".repeat(length)).status());
        assertEquals(404, server.get("/" + "a/".repeat(length / 2) + "a").status());
    }

    @Test
    void aCompressedFileMustNotLeadOutEither() throws Exception {
        assertEquals("a", server.get("/a.txt", "Accept-Encoding: gzip").text());
    }

    @ParameterizedTest
    @CsvSource({
        "/a.txt, a",
        "/%61.txt, a",
        "/docs/a.txt, a",
        "/%64ocs/a.txt, a",
        "/sub/b.txt, b",
        "/inside.txt, b",
        "/within/b.txt, b",
        "/%C3%BCmlaut.txt, umlaut"
    })
    void whatIsInsideCanBeHad(String target, String body) throws Exception {
        assertEquals(body, server.get(target).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/docs/", "/sub/"})
    void aListingNamesNothingHiddenAndNothingOutside(String target) throws Exception {
        String page = server.get(target).text();

        assertTrue(page.contains("b.txt") || page.contains("a.txt"), page);
        for (String name : new String[] {
            "hidden", "git", "htpasswd", "file.txt", "folder", "parent", "sibling", "dangling", "loop", "chain"
        }) {
            assertFalse(page.contains("\"./" + name), () -> name + " in " + page);
            assertFalse(page.contains("\"./." + name), () -> name + " in " + page);
        }
    }

    @Test
    void aLinkThatIsTurnedOutsideIsNotFollowedAnyMore() throws Exception {
        Path link = temporary.resolve("www/turned.txt");
        Files.createSymbolicLink(link, Path.of("sub/b.txt"));
        assertEquals("b", server.get("/turned.txt").text());
        Files.delete(link);
        Files.createSymbolicLink(link, temporary.resolve("secret.txt"));

        assertEquals(404, server.get("/turned.txt").status());
    }
}
