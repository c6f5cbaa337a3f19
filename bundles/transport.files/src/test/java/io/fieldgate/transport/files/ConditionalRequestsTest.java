package io.fieldgate.transport.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests with conditions and ranges, as RFC 9110 wants them answered. In the tables {@code TAG} is the file's entity tag;
 * the file says {@code 0123456789} and was changed on Sun, 01 Mar 2026 12:00:00 GMT.
 */
class ConditionalRequestsTest {

    @TempDir
    static Path temporary;

    private static TestServer server;
    private static String tag;

    @BeforeAll
    static void start() throws Exception {
        Folder folder = new Folder(temporary.resolve("www"))
                .file("a.txt", "0123456789")
                .file("empty.txt", "")
                .file("index.html", "<p>");
        server = new TestServer(folder.at("/"));
        tag = server.get("/a.txt").header("ETag");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            13.1.1  | If-Match: TAG                                          | -                                                   | 200
            13.1.1  | If-Match: "x", TAG                                     | -                                                   | 200
            13.1.1  | If-Match: *                                            | -                                                   | 200
            13.1.1  | If-Match: "x"                                          | -                                                   | 412
            13.1.1  | If-Match: W/TAG                                        | -                                                   | 412
            13.1.2  | If-None-Match: TAG                                     | -                                                   | 304
            13.1.2  | If-None-Match: W/TAG                                   | -                                                   | 304
            13.1.2  | If-None-Match: "a,b", TAG                              | -                                                   | 304
            13.1.2  | If-None-Match: "x"                                     | If-None-Match: TAG                                  | 304
            13.1.2  | If-None-Match: *                                       | -                                                   | 304
            13.1.2  | If-None-Match: "x"                                     | -                                                   | 200
            13.1.2  | If-None-Match: x                                       | -                                                   | 200
            13.1.3  | If-Modified-Since: Sun, 01 Mar 2026 12:00:00 GMT       | -                                                   | 304
            13.1.3  | If-Modified-Since: Mon, 02 Mar 2026 12:00:00 GMT       | -                                                   | 304
            13.1.3  | If-Modified-Since: Sun, 01 Mar 2026 11:59:59 GMT       | -                                                   | 200
            13.1.3  | If-Modified-Since: Sunday, 01-Mar-26 12:00:00 GMT      | -                                                   | 304
            13.1.3  | If-Modified-Since: Sun Mar  1 12:00:00 2026            | -                                                   | 304
            13.1.3  | If-Modified-Since: yesterday                           | -                                                   | 200
            13.1.3  | If-None-Match: "x"                                     | If-Modified-Since: Sun, 01 Mar 2026 12:00:00 GMT    | 200
            13.1.4  | If-Unmodified-Since: Sun, 01 Mar 2026 12:00:00 GMT     | -                                                   | 200
            13.1.4  | If-Unmodified-Since: Sun, 01 Mar 2026 11:59:59 GMT     | -                                                   | 412
            13.1.4  | If-Unmodified-Since: yesterday                         | -                                                   | 200
            13.1.4  | If-Match: TAG                                          | If-Unmodified-Since: Sun, 01 Mar 2026 11:59:59 GMT  | 200
            13.2.2  | If-Match: "x"                                          | If-None-Match: TAG                                  | 412
            13.2.2  | If-Match: TAG                                          | If-None-Match: TAG                                  | 304
            13.2.2  | If-Unmodified-Since: Sun, 01 Mar 2026 11:59:59 GMT     | If-Modified-Since: Sun, 01 Mar 2026 12:00:00 GMT    | 412
            13.2.2  | If-None-Match: TAG                                     | Range: bytes=0-1                                    | 304
            13.2.2  | If-Match: "x"                                          | Range: bytes=0-1                                    | 412
            13.1.5  | Range: bytes=0-1                                       | If-Range: TAG                                       | 206
            13.1.5  | Range: bytes=0-1                                       | If-Range: W/TAG                                     | 200
            13.1.5  | Range: bytes=0-1                                       | If-Range: "x"                                       | 200
            13.1.5  | Range: bytes=0-1                                       | If-Range: Sun, 01 Mar 2026 12:00:00 GMT             | 206
            13.1.5  | Range: bytes=0-1                                       | If-Range: Mon, 02 Mar 2026 12:00:00 GMT             | 200
            13.1.5  | Range: bytes=0-1                                       | If-Range: nonsense                                  | 200
            13.1.5  | Range: bytes=99-                                       | If-Range: "x"                                       | 200
            """)
    void weighsConditions(String section, String one, String two, int status) throws Exception {
        List<String> headers = new ArrayList<>(List.of(one.replace("TAG", tag)));
        if (two != null) {
            headers.add(two.replace("TAG", tag));
        }
        for (String method : List.of("GET", "HEAD")) {
            Reply reply = server.ask(method, "/a.txt", headers.toArray(String[]::new));
            boolean rangeOfHead = method.equals("HEAD") && status == 206; // ranges are for GET alone (14.2)
            assertEquals(rangeOfHead ? 200 : status, reply.status(), method + " by " + section);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            14.1.2 | bytes=0-0                   | 206 | bytes 0-0/10 | 0
            14.1.2 | bytes=2-4                   | 206 | bytes 2-4/10 | 234
            14.1.2 | bytes=2-                    | 206 | bytes 2-9/10 | 23456789
            14.1.2 | bytes=2-99                  | 206 | bytes 2-9/10 | 23456789
            14.1.2 | bytes=-3                    | 206 | bytes 7-9/10 | 789
            14.1.2 | bytes=-99                   | 206 | bytes 0-9/10 | 0123456789
            14.1.2 | Bytes=1-1                   | 206 | bytes 1-1/10 | 1
            14.1.2 | bytes=0000000000000000000001-1 | 206 | bytes 1-1/10 | 1
            14.1.2 | bytes=0-99999999999999999999 | 206 | bytes 0-9/10 | 0123456789
            14.1.1 | bytes=50-60, 3-4            | 206 | bytes 3-4/10 | 34
            14.1.2 | bytes=10-                   | 416 | bytes */10   |
            14.1.2 | bytes=-0                    | 416 | bytes */10   |
            14.1.2 | bytes=99999999999999999999- | 416 | bytes */10   |
            14.1.1 | bytes=20-30,40-             | 416 | bytes */10   |
            14.2   | lines=0-1                   | 200 | ''           | 0123456789
            14.1.1 | bytes=4-2                   | 200 | ''           | 0123456789
            14.1.1 | bytes=-                     | 200 | ''           | 0123456789
            14.1.1 | bytes=                      | 200 | ''           | 0123456789
            14.1.1 | bytes=a-b                   | 200 | ''           | 0123456789
            14.1.1 | bytes=0-1;2-3               | 200 | ''           | 0123456789
            17.15  | bytes=0-8,1-9               | 200 | ''           | 0123456789
            17.15  | bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9,0-0,0-0,0-0,0-0,0-0,0-0,0-0 | 200 | '' | 0123456789
            """)
    void sendsRanges(String section, String range, int status, String contentRange, String body) throws Exception {
        Reply reply = server.get("/a.txt", "Range: " + range);

        assertEquals(status, reply.status(), section);
        assertEquals(contentRange, reply.header("Content-Range"), section);
        if (body != null) {
            assertEquals(body, reply.text(), section);
            assertEquals(tag, reply.header("ETag"), "15.3.7: what a 200 would have had");
        }
    }

    /** RFC 9110, 14.6 and 15.3.7.2. */
    @Test
    void sendsSeveralRangesInOneBody() throws Exception {
        Reply reply = server.get("/a.txt", "Range: bytes=0-1, -2");

        assertEquals(206, reply.status());
        assertEquals("", reply.header("Content-Range"));
        assertTrue(reply.header("Content-Type").startsWith("multipart/byteranges"), reply::toString);
        String boundary = reply.header("Content-Type").replaceFirst(".*boundary=", "");
        String part = "\r\n--" + boundary + "\r\nContent-Type: text/plain;charset=utf-8\r\nContent-Range: bytes ";
        assertEquals(part + "0-1/10\r\n\r\n01" + part + "8-9/10\r\n\r\n89\r\n--" + boundary + "--\r\n", reply.text());
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-0, 416", "bytes=-1, 200"})
    void anEmptyFileHasNoRanges(String range, int status) throws Exception {
        assertEquals(status, server.get("/empty.txt", "Range: " + range).status());
    }

    /** RFC 9110, 15.4.5. */
    @Test
    void saysWith304WhatItWouldSayWith200() throws Exception {
        Reply all = server.get("/a.txt");
        Reply none = server.get("/a.txt", "If-None-Match: " + tag);

        for (String name : List.of("ETag", "Cache-Control", "Last-Modified", "Vary")) {
            assertEquals(all.header(name), none.header(name), name);
        }
        assertEquals("no-cache", none.header("Cache-Control"));
        assertEquals("Sun, 01 Mar 2026 12:00:00 GMT", none.header("Last-Modified"));
        assertEquals("", none.header("Content-Type"));
    }

    @Test
    void weighsConditionsForAnIndexToo() throws Exception {
        String index = server.get("/").header("ETag");

        assertEquals(304, server.get("/", "If-None-Match: " + index).status());
        assertEquals("<", server.get("/", "Range: bytes=0-0").text());
    }

    @Test
    void tellsByHeadWhatGetWouldSend() throws Exception {
        Reply get = server.get("/a.txt");
        Reply head = server.ask("HEAD", "/a.txt");

        assertEquals(200, head.status());
        assertEquals("10", head.header("Content-Length"));
        assertEquals("bytes", head.header("Accept-Ranges"));
        for (String name : List.of("ETag", "Content-Type", "Content-Length", "Last-Modified", "Cache-Control")) {
            assertEquals(get.header(name), head.header(name), name);
        }
    }

    /** RFC 9110, 9.3.7 and 15.5.6. */
    @ParameterizedTest
    @CsvSource({"POST, /a.txt, 405", "PUT, /a.txt, 405", "DELETE, /, 405", "OPTIONS, /a.txt, 204", "POST, /none, 404"})
    void takesNoOtherMethod(String method, String target, int status) throws Exception {
        Reply reply = server.ask(method, target);

        assertEquals(status, reply.status());
        if (status != 404) {
            assertEquals("GET, HEAD, OPTIONS", reply.header("Allow"));
        }
    }
}
