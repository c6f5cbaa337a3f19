package io.fieldgate.transport.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that does not fit into memory is sent piece by piece, at the pace of each client. */
@Timeout(120)
class BigFileTest {

    private static final long SIZE = 1L << 30;

    /** More than the server has threads. */
    private static final int SLOW = 12;

    @TempDir
    Path temporary;

    @Test
    void clientsThatDoNotReadDisturbNobody() throws Exception {
        Folder folder = folder();
        List<Client> slow = new ArrayList<>();
        try (TestServer server = new TestServer(folder.at("/"))) {
            for (int i = 0; i < SLOW; i++) {
                Client client = new Client(server.port());
                slow.add(client);
                client.send("GET", "/big.bin");
                assertEquals(Long.toString(SIZE), client.head().header("Content-Length"));
            }
            assertEquals("small", server.get("/small.txt").text());
            assertEquals("END", server.get("/big.bin", "Range: bytes=-3").text());
            assertEquals(
                    1 << 20,
                    server.get("/big.bin", "Range: bytes=5000-1053575").text().length());
            for (Client client : slow) {
                assertEquals(1 << 16, client.in().readNBytes(1 << 16).length);
            }
        } finally {
            for (Client client : slow) {
                client.close();
            }
        }
    }

    @Test
    void aFileOfMediumSizeArrivesWhole() throws Exception {
        byte[] content = new byte[Content.SMALL_MAX_BYTES - 1];
        Arrays.fill(content, (byte) 'x');
        Folder folder = new Folder(temporary.resolve("medium")).file("medium.txt", content);
        try (TestServer server = new TestServer(folder.at("/"))) {
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        "x".repeat(content.length), server.get("/medium.txt").text());
            }
        }
    }

    @Test
    void aClientSeesThatAFileHasBecomeShorter() throws Exception {
        Folder folder = folder();
        try (TestServer server = new TestServer(folder.at("/"));
                Client client = new Client(server.port())) {
            client.send("GET", "/big.bin");
            client.head();
            try (RandomAccessFile file =
                    new RandomAccessFile(folder.path.resolve("big.bin").toFile(), "rw")) {
                file.setLength(1 << 20);
            }
            long received = 0;
            try {
                for (int count = 0; count >= 0; count = client.in().read(new byte[1 << 16])) {
                    received += count;
                }
            } catch (SocketException e) {
                // reset: as good as an end
            }
            assertTrue(received < SIZE, "the connection ends before the length that was said");
        }
    }

    @Test
    void aTagIsWeakAsLongAsAChangeMightNotShow() throws Exception {
        Folder folder = folder();
        try (TestServer server = new TestServer(folder.at("/"))) {
            String tag = server.ask("HEAD", "/big.bin").header("ETag");
            assertTrue(tag.startsWith("\""), tag);
            Files.setLastModifiedTime(
                    folder.path.resolve("big.bin"), FileTime.fromMillis(System.currentTimeMillis() + 5000));
            String fresh = server.ask("HEAD", "/big.bin").header("ETag");
            assertTrue(fresh.startsWith("W/\""), fresh);
            assertEquals(
                    200,
                    server.ask("HEAD", "/big.bin", "Range: bytes=0-1", "If-Range: " + fresh)
                            .status());
        }
    }

    /** It is sparse: it takes no room on disk. */
    private Folder folder() throws Exception {
        Folder folder = new Folder(temporary.resolve("www")).file("small.txt", "small");
        Path big = folder.path.resolve("big.bin");
        try (RandomAccessFile file = new RandomAccessFile(big.toFile(), "rw")) {
            file.setLength(SIZE);
            file.seek(SIZE - 3);
            file.writeBytes("END");
        }
        Files.setLastModifiedTime(big, FileTime.from(Folder.CHANGED));
        return folder;
    }
}
