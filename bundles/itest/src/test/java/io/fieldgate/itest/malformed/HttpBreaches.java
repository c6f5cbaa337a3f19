package io.fieldgate.itest.malformed;

import static io.fieldgate.itest.malformed.Asked.OK;
import static io.fieldgate.itest.malformed.Asked.in;
import static io.fieldgate.itest.malformed.Asked.is;
import static io.fieldgate.itest.malformed.Case.SILENCE;

import java.util.Arrays;
import java.util.Set;

/**
 * Handshakes that are no right HTTP, or too much of it, each with the statuses that are right by RFC 9110 and 9112. Some are right, though
 * they look odd.
 */
final class HttpBreaches {

    private final Dice dice;
    private final String path;
    private final RequestText request;

    /** One way to break a handshake. */
    enum Kind {
        METHOD,
        HTTP_VERSION,
        REQUEST_LINE,
        TARGET,
        NOT_HTTP,
        HEADER_SYNTAX,
        LINE_ENDS,
        TOO_LARGE,
        LENGTH,
        BODY,
        TRANSFER_ENCODING,
        TRUNCATED,
        MUTATED
    }

    HttpBreaches(Dice dice, String authority, String path) {
        this.dice = dice;
        this.path = path;
        request = new RequestText(authority, path);
    }

    Asked broken(Kind kind) {
        return switch (kind) {
            case METHOD -> method();
            case HTTP_VERSION -> httpVersion();
            case REQUEST_LINE -> requestLine();
            case TARGET -> target();
            case NOT_HTTP -> notHttp();
            case HEADER_SYNTAX -> headerSyntax();
            case LINE_ENDS -> lineEnds();
            case TOO_LARGE -> tooLarge();
            case LENGTH -> length();
            case BODY -> body();
            case TRANSFER_ENCODING -> transferEncoding();
            case TRUNCATED -> truncated();
            case MUTATED -> mutated();
        };
    }

    private Asked method() {
        return switch (dice.below(3)) {
            case 0 ->
                is(
                        405,
                        request.line(dice.oneOf("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "get", "FLY") + " " + path
                                + " HTTP/1.1"));
            case 1 -> is(405, request.line("HEAD " + path + " HTTP/1.1"));
            default ->
                is(
                        400,
                        request.line(dice.oneOf("G@T", "GE(T", "G\u0001T", "\"GET\"", "G\u00e9T", "G{T") + " " + path
                                + " HTTP/1.1"));
        };
    }

    private Asked httpVersion() {
        return switch (dice.below(3)) {
            case 0 -> is(400, request.line("GET " + path + " HTTP/1.0"));
            // Jetty does not mind the case of the name (RFC 9112, 2.3), and has an answer of its own to HTTP/2 without
            // TLS.
            case 1 ->
                in(request.line("GET " + path + " " + dice.oneOf("http/1.1", "HTTP/2.0", "HTTP/2")), OK, 400, 426, 505);
            default ->
                in(
                        request.line("GET " + path + " "
                                + dice.oneOf(
                                        "HTTP/0.9",
                                        "HTTP/1.2",
                                        "HTTP/3",
                                        "HTTP/9.9",
                                        "HTTP/1",
                                        "HTTP/11",
                                        "HTTPS/1.1",
                                        "XYZ",
                                        "HTTP/1.1.1",
                                        "HTTP/-1.1",
                                        "HTTP/1.1x")),
                        400,
                        505);
        };
    }

    private Asked requestLine() {
        return switch (dice.below(5)) {
            case 0 -> in(request.line("GET " + path), 400, 505);
            case 1 -> in(request.line("GET"), 400);
            case 2 -> in(request.line(dice.oneOf("", " ", "\t") + "GET  " + path + "  HTTP/1.1"), OK, 400, 505);
            case 3 -> in(request.line("GET " + path + " HTTP/1.1 " + dice.oneOf("x", "HTTP/1.1")), 400, 505);
            default -> in(request.line("GET\t" + path + "\tHTTP/1.1"), 400);
        };
    }

    private Asked target() {
        return switch (dice.below(4)) {
            case 0 ->
                is(
                        404,
                        request.line("GET "
                                + dice.oneOf(
                                        "/nobody",
                                        "/nobody/here",
                                        "/EXACT",
                                        path + "x",
                                        path + "/",
                                        "/" + "a/".repeat(dice.below(300)))
                                + " HTTP/1.1"));
            case 1 ->
                in(
                        request.line("GET "
                                + dice.oneOf(
                                        "/%zz",
                                        "/%",
                                        "/%4",
                                        path + "%",
                                        "/%00",
                                        "/%2e%2e/x",
                                        "/a%2fb",
                                        "/..",
                                        "/../../etc/passwd",
                                        "/a/../../b",
                                        "/%c0%af",
                                        "/%ff",
                                        "/;x",
                                        "//",
                                        "/a//b",
                                        "/\\")
                                + " HTTP/1.1"),
                        400,
                        404);
            case 2 ->
                in(
                        request.line("GET "
                                + dice.oneOf(
                                        "*",
                                        "nobody",
                                        "?",
                                        "#",
                                        "http://",
                                        "http://:80/",
                                        "://x",
                                        "\u0001",
                                        "/x\u0000y")
                                + " HTTP/1.1"),
                        400,
                        404,
                        421);
            default ->
                in(
                        request.line("GET " + path
                                + dice.oneOf(
                                        "?",
                                        "?a=b",
                                        "?%zz",
                                        "?a=%00",
                                        "?" + "q".repeat(dice.below(500)),
                                        ";x=y",
                                        "#part")
                                + " HTTP/1.1"),
                        OK,
                        400);
        };
    }

    private Asked notHttp() {
        byte[] bytes = switch (dice.below(5)) {
            case 0 -> dice.bytes(dice.between(1, 1_500));
            case 1 ->
                Frames.joined(
                        new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xFC, 0x03, 0x03},
                        dice.bytes(500));
            case 2 -> Frames.utf8("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            case 3 -> Frames.joined(new byte[] {5, 1, 0}, dice.bytes(dice.below(20)));
            default ->
                Frames.utf8(dice.oneOf(
                        "\r\n\r\n\r\n\r\n",
                        "hello\r\n\r\n",
                        "PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n",
                        "\u0000\u0000\u0000\u0000",
                        dice.text(200)));
        };
        return new Asked(bytes, Ending.HALF_CLOSE, Set.of(SILENCE, 400, 414, 426, 431, 505), Asked::any);
    }

    private Asked headerSyntax() {
        int at = dice.below(6);
        return switch (dice.below(5)) {
            case 0 ->
                is(
                        400,
                        request.add(
                                at,
                                dice.oneOf(
                                        "no colon here",
                                        "Name With Space: x",
                                        "Name : x",
                                        ": no name",
                                        "N\u0000me: x",
                                        "N@me: x",
                                        "N(me): x",
                                        "N\u00e9me: x",
                                        "\u0001: x",
                                        "\"q\": x",
                                        "Name\t: x")));
            case 1 -> is(400, request.add(1 + at, dice.oneOf(" folded", "\tfolded", " ", " X: y")));
            case 2 ->
                is(
                        400,
                        request.add(
                                at, "X-Bad: a" + dice.oneOf("\u0000", "\u0001", "\u0007", "\u001b", "\u007f") + "b"));
            case 3 -> is(400, request.add(at, "X-Bad: a\rb"));
            default ->
                is(
                        OK,
                        request.add(
                                at,
                                dice.oneOf(
                                        "X-Empty:",
                                        "X-Latin: \u00e9\u00ff",
                                        "X-Tab:\ta\tb",
                                        "x!#$%&'*+-.^_`|~9: y",
                                        "Cookie: a=b; c",
                                        "X-Long: " + "v".repeat(dice.below(3_000)))));
        };
    }

    private Asked lineEnds() {
        return in(request.bytes(dice.oneOf("\n", "\r", "\n\r", "\r\r\n")), Ending.HALF_CLOSE, OK, 400, SILENCE);
    }

    private Asked tooLarge() {
        return switch (dice.below(3)) {
            case 0 -> in(request.add("X-Large: " + "v".repeat(dice.between(8_300, 40_000))), 431, SILENCE);
            case 1 ->
                in(request.line("GET /" + "p".repeat(dice.between(8_300, 40_000)) + " HTTP/1.1"), 414, 431, SILENCE);
            default -> in(request.add("X-Many: 1\r\n".repeat(dice.between(800, 3_000)) + "X-Last: 1"), 431, SILENCE);
        };
    }

    private Asked length() {
        String bad = dice.oneOf(
                "-1",
                "x",
                "1x",
                "0x10",
                "99999999999999999999",
                "1 2",
                "1,2",
                "+5",
                "",
                "\u00e9",
                "5\r\nContent-Length: 6");
        return is(400, request.add("Content-Length: " + bad));
    }

    /** A body that no handshake has: it must not be taken for frames. */
    private Asked body() {
        String body = "x".repeat(dice.between(1, 300));
        return in(request.add("Content-Length: " + body.length()).body(body), 400, 413);
    }

    private Asked transferEncoding() {
        return switch (dice.below(3)) {
            case 0 ->
                is(
                        400,
                        request.add("Transfer-Encoding: chunked")
                                .add("Content-Length: 5")
                                .body("0\r\n\r\n"));
            case 1 ->
                in(
                        request.add("Transfer-Encoding: "
                                + dice.oneOf("xyz", "chunked, gzip", "chunked, chunked", "identity", "")),
                        400,
                        501);
            default ->
                in(
                        request.add("Transfer-Encoding: chunked")
                                .body(dice.oneOf(
                                        "0\r\n\r\n",
                                        "5\r\nhello\r\n0\r\n\r\n",
                                        "zz\r\n\r\n",
                                        "-1\r\n",
                                        "5;x=y\r\nhel")),
                        400,
                        413);
        };
    }

    private Asked truncated() {
        byte[] whole = request.bytes();
        byte[] part = Arrays.copyOf(whole, dice.below(whole.length));
        return new Asked(part, dice.oneOf(Ending.HALF_CLOSE, Ending.RESET), Set.of(SILENCE, 400), Asked::any);
    }

    /** Chance alone: whatever it has become, it is no fault of the gateway. */
    private Asked mutated() {
        byte[] bytes = Mutation.of(dice, request.bytes());
        return new Asked(
                bytes,
                Ending.HALF_CLOSE,
                Set.of(SILENCE, OK, 400, 403, 404, 405, 413, 414, 421, 426, 431, 501, 505),
                Asked::any);
    }
}
