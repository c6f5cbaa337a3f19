package io.fieldgate.itest.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Requests of which a proxy in front and the gateway might see different ends (RFC 9112, 11.2). Behind each stands another request, the
 * stowaway, that asks for a page. Each is either refused, and then nothing behind it may be answered; or it is right and read in the one
 * way that the standard has.
 *
 * @param name what is odd about it
 * @param request what is sent, with {@code HOST} where the gateway's name belongs, and {@code LENGTH} where the
 *     stowaway's length does
 * @param right each is a row of statuses that is right
 */
public record Smuggling(String name, String request, Set<List<Integer>> right) {

    private static final String STOWAWAY = "GET /login/icon.svg HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n";

    /** 404 is said before the body is read; that the connection is then at its end is what counts. */
    private static final Set<List<Integer>> REFUSED = Set.of(List.of(400), List.of(404));

    private static final Set<List<Integer>> REFUSED_AT_ONCE = Set.of(List.of(400));
    private static final Set<List<Integer>> UNKNOWN_CODING = Set.of(List.of(400), List.of(501));
    /** The body is read to its end, and the stowaway is the next request. */
    private static final Set<List<Integer>> READ = Set.of(List.of(404, 200));
    /** Where the body ends is clear if chunks are the last coding (RFC 9112, 6.3), whatever may be in them. */
    private static final Set<List<Integer>> CHUNKED_AT_LAST = Set.of(List.of(400), List.of(501), List.of(404, 200));
    /** A line of the head may end so (RFC 9112, 2.2); whoever does not take it for an end must refuse it. */
    private static final Set<List<Integer>> LINE_FEED = Set.of(List.of(400), List.of(404, 200));
    /** The stowaway is the body, as the length says. */
    private static final Set<List<Integer>> ONLY_ONE = Set.of(List.of(404));

    /** The bytes for a gateway, as characters. */
    public String text(String host) {
        int length = STOWAWAY.length() - "HOST".length() + host.length();
        return request.replace("HOST", host).replace("LENGTH", Integer.toString(length));
    }

    @Override
    public String toString() {
        return name;
    }

    /** All of them. */
    public static List<Smuggling> all() {
        List<Smuggling> all = new ArrayList<>();
        lengths(all);
        codings(all);
        chunks(all);
        syntax(all);
        return all;
    }

    private static void lengths(List<Smuggling> all) {
        String chunked = "0\r\n\r\n";
        add(all, "length and chunks", "Content-Length: 5\r\nTransfer-Encoding: chunked", chunked, REFUSED_AT_ONCE);
        add(all, "chunks and length", "Transfer-Encoding: chunked\r\nContent-Length: 5", chunked, REFUSED_AT_ONCE);
        add(all, "chunks and no length", "Transfer-Encoding: chunked\r\nContent-Length: 0", chunked, REFUSED_AT_ONCE);
        add(all, "two lengths", "Content-Length: 0\r\nContent-Length: 70", "", REFUSED_AT_ONCE);
        add(all, "two lengths in one", "Content-Length: 0, 70", "", REFUSED_AT_ONCE);
        add(all, "a length twice", "Content-Length: 5\r\nContent-Length: 5", "hello", REFUSED_OR_READ);
        for (String bad : List.of("-1", "+5", "0x5", "5 0", "5;", "", "\u000b5", "5.0", "99999999999999999999")) {
            add(all, "length \"" + printable(bad) + '"', "Content-Length: " + bad, "hello", REFUSED_AT_ONCE);
        }
        add(all, "a right length", "Content-Length: 5", "hello", READ);
        add(all, "a length that takes in what follows", "Connection: close\r\nContent-Length: LENGTH", "", ONLY_ONE);
    }

    private static final Set<List<Integer>> REFUSED_OR_READ = Set.of(List.of(400), List.of(404, 200));

    private static void codings(List<Smuggling> all) {
        String body = "5\r\nhello\r\n0\r\n\r\n";
        add(all, "right chunks", "Transfer-Encoding: chunked", body, READ);
        add(all, "chunks in capitals", "Transfer-Encoding: CHUNKED", body, READ);
        add(all, "chunks behind a tab", "Transfer-Encoding:\tchunked", body, READ);
        for (String bad : List.of(
                "xchunked",
                "chunked, identity",
                "identity",
                "chunked, chunked",
                "gzip",
                "chunked;q=1",
                "\"chunked\"",
                "\u000bchunked",
                "chunked\u0000",
                "c hunked",
                "")) {
            add(all, "coding \"" + printable(bad) + '"', "Transfer-Encoding: " + bad, body, UNKNOWN_CODING);
        }
        for (String odd : List.of("identity, chunked", "gzip, chunked", ",chunked")) {
            add(all, "coding \"" + odd + '"', "Transfer-Encoding: " + odd, body, CHUNKED_AT_LAST);
        }
        add(all, "two codings", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", body, UNKNOWN_CODING);
        add(all, "a coding twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", body, UNKNOWN_CODING);
        all.add(new Smuggling(
                "chunks in HTTP/1.0",
                "POST /nobody HTTP/1.0\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n" + body + STOWAWAY,
                REFUSED));
    }

    private static void chunks(List<Smuggling> all) {
        chunk(all, "an extension", "5;name=value\r\nhello\r\n0\r\n\r\n", READ);
        chunk(all, "a quoted extension", "5;name=\"a;b\"\r\nhello\r\n0\r\n\r\n", READ);
        chunk(all, "an extension with a bare line feed", "5;a\nhello\r\n0\r\n\r\n", REFUSED);
        chunk(all, "an extension of 20 kB", "5;" + "a".repeat(20_000) + "\r\nhello\r\n0\r\n\r\n", REFUSED);
        chunk(all, "a trailer", "5\r\nhello\r\n0\r\nX-Trailer: a\r\n\r\n", READ);
        chunk(all, "a trailer with a length", "5\r\nhello\r\n0\r\nContent-Length: 5\r\n\r\n", READ);
        for (String bad : List.of("x", "-5", "+5", "0x5", " 5", "5 5", "g", "\u000b5", "FFFFFFFFFFFFFFFF5", "")) {
            chunk(all, "size \"" + printable(bad) + '"', bad + "\r\nhello\r\n0\r\n\r\n", REFUSED);
        }
        chunk(all, "a size with a bare line feed", "5\nhello\r\n0\r\n\r\n", REFUSED);
        chunk(all, "a size with a bare carriage return", "5\rhello\r\n0\r\n\r\n", REFUSED);
        chunk(all, "a chunk without its end", "5\r\nhello0\r\n\r\n", REFUSED);
        chunk(all, "a chunk that is longer than it says", "2\r\nhello\r\n0\r\n\r\n", REFUSED);
        chunk(all, "a chunk that ends with a bare line feed", "5\r\nhello\n0\r\n\r\n", REFUSED);
    }

    private static void syntax(List<Smuggling> all) {
        String body = "0\r\n\r\n";
        add(all, "a space before the colon of a length", "Content-Length : 76", "", REFUSED_AT_ONCE);
        add(all, "a space before the colon of a coding", "Transfer-Encoding : chunked", body, REFUSED_AT_ONCE);
        add(all, "a tab before the colon", "Transfer-Encoding\t: chunked", body, REFUSED_AT_ONCE);
        add(all, "a space before the name", " Content-Length: LENGTH", "", REFUSED_AT_ONCE);
        add(all, "a folded header", "X-Folded: a\r\n b", "", REFUSED_AT_ONCE);
        add(all, "a folded coding", "Transfer-Encoding:\r\n chunked", body, REFUSED_AT_ONCE);
        add(all, "a header with a bare carriage return", "X-Odd: a\rContent-Length: LENGTH", "", REFUSED_AT_ONCE);
        add(all, "a header with a null byte", "X-Odd: a\u0000b", "", REFUSED_AT_ONCE);
        add(all, "a header with a bare line feed", "X-Odd: a\nContent-Length: LENGTH", STOWAWAY, LINE_FEED);
        add(all, "a header without a colon", "Content-Length", "", REFUSED_AT_ONCE);
        add(all, "a header without a name", ": LENGTH", "", REFUSED_AT_ONCE);
        add(all, "an underline for the hyphen", "Content_Length: 76", "", READ);
        add(all, "two hosts", "Host: elsewhere.example", "", REFUSED_AT_ONCE);
        add(
                all,
                "a promise of HTTP/2",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk",
                "",
                READ);
        all.add(new Smuggling(
                "bare line feeds throughout", "POST /nobody HTTP/1.1\nHost: HOST\n\n" + STOWAWAY, LINE_FEED));
        all.add(new Smuggling(
                "a WebSocket that is refused",
                "GET /echo HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 99\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n" + STOWAWAY,
                Set.of(List.of(426, 200), List.of(426))));
        all.add(new Smuggling(
                "a WebSocket with a body",
                "GET /echo HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                        + "Content-Length: LENGTH\r\n\r\n" + STOWAWAY + STOWAWAY,
                Set.of(List.of(400), List.of(400, 200))));
        all.add(new Smuggling(
                "another host in the request line",
                "GET http://elsewhere.example/ HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n" + STOWAWAY,
                Set.of(List.of(400), List.of(421))));
    }

    private static void chunk(List<Smuggling> all, String name, String body, Set<List<Integer>> right) {
        add(all, "chunks: " + name, "Transfer-Encoding: chunked", body, right);
    }

    private static void add(List<Smuggling> all, String name, String headers, String body, Set<List<Integer>> right) {
        String request = "POST /nobody HTTP/1.1\r\nHost: HOST\r\n" + headers + "\r\n\r\n" + body + STOWAWAY;
        all.add(new Smuggling(name, request, right));
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }
}
