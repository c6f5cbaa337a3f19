package io.fieldgate.itest.malformed;

import static io.fieldgate.itest.malformed.Asked.OK;
import static io.fieldgate.itest.malformed.Asked.in;
import static io.fieldgate.itest.malformed.Asked.is;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Handshakes that are HTTP, but broken as RFC 6455, 4.2 or the READMEs of the transports have it, each with the statuses that are right.
 * Some are right, though they look odd.
 */
final class UpgradeBreaches {

    private final Dice dice;
    private final String authority;
    private final RequestText request;

    /** One way to break a handshake. */
    enum Kind {
        UPGRADE,
        CONNECTION,
        WEBSOCKET_VERSION,
        KEY,
        HOST,
        ORIGIN,
        EXTENSIONS,
        SUBPROTOCOL
    }

    UpgradeBreaches(Dice dice, String authority, String path) {
        this.dice = dice;
        this.authority = authority;
        request = new RequestText(authority, path);
    }

    Asked broken(Kind kind) {
        return switch (kind) {
            case UPGRADE -> upgrade();
            case CONNECTION -> connection();
            case WEBSOCKET_VERSION -> webSocketVersion();
            case KEY -> key();
            case HOST -> host();
            case ORIGIN -> origin();
            case EXTENSIONS -> extensions();
            case SUBPROTOCOL -> subprotocol();
        };
    }

    private Asked upgrade() {
        return switch (dice.below(4)) {
            case 0 -> upgradeRequired(request.without("Upgrade"));
            case 1 ->
                upgradeRequired(request.with(
                        "Upgrade",
                        dice.oneOf(
                                "websockets",
                                "web socket",
                                "h2c",
                                "",
                                ",",
                                "websocket/13",
                                "\"websocket\"",
                                "tls/1.0, h2c",
                                "w\u00e9bsocket")));
            case 2 ->
                is(
                        OK,
                        request.with(
                                "Upgrade",
                                dice.oneOf(
                                        "WebSocket",
                                        "WEBSOCKET",
                                        "h2c, websocket",
                                        "websocket, h2c",
                                        " websocket ",
                                        ",,websocket,")));
            default -> is(OK, request.add(0, "Upgrade: h2c"));
        };
    }

    private static Asked upgradeRequired(RequestText text) {
        return new Asked(
                text.bytes(),
                Ending.LISTEN,
                Set.of(426),
                head -> head.values("Upgrade").equals(List.of("websocket")));
    }

    private Asked connection() {
        return switch (dice.below(3)) {
            case 0 -> is(400, request.without("Connection"));
            case 1 ->
                is(
                        400,
                        request.with(
                                "Connection",
                                dice.oneOf("keep-alive", "close", "Upgraded", "up grade", "", ",", "Up-grade")));
            default ->
                is(
                        OK,
                        request.with(
                                "Connection",
                                dice.oneOf(
                                        "upgrade",
                                        "UPGRADE",
                                        "keep-alive, Upgrade",
                                        "Upgrade,keep-alive",
                                        ",Upgrade",
                                        "x, upgrade ,y")));
        };
    }

    private Asked webSocketVersion() {
        return switch (dice.below(3)) {
            case 0 -> in(request.without("Sec-WebSocket-Version"), 400, 426);
            case 1 ->
                new Asked(
                        request.with(
                                        "Sec-WebSocket-Version",
                                        dice.oneOf(
                                                "0",
                                                "8",
                                                "12",
                                                "14",
                                                "25",
                                                "255",
                                                "013",
                                                "13.0",
                                                "-13",
                                                "+13",
                                                "13, 8",
                                                "thirteen",
                                                "",
                                                "9".repeat(100),
                                                "1 3"))
                                .bytes(),
                        Ending.LISTEN,
                        Set.of(426),
                        head -> head.values("Sec-WebSocket-Version").contains("13"));
            default ->
                in(request.add(dice.below(6), "Sec-WebSocket-Version: " + dice.oneOf("13", "8", "")), OK, 400, 426);
        };
    }

    private Asked key() {
        return switch (dice.below(4)) {
            case 0 -> is(400, request.without("Sec-WebSocket-Key"));
            case 1 ->
                is(
                        400,
                        request.with(
                                "Sec-WebSocket-Key",
                                dice.oneOf(
                                        "",
                                        "=",
                                        "==",
                                        "short",
                                        "dGhlIHNhbXBsZSBub25jZQ",
                                        "dGhlIHNhbXBsZSBub25jZQ=",
                                        "dGhlIHNhbXBsZSBub25jZQ===",
                                        "dGhlIHNhbXBsZSBub25j",
                                        "dGhlIHNhbXBsZSBub25jZQAA",
                                        "dGhl IHNhbXBsZSBub25jZQ==",
                                        "****************",
                                        "dGhlIHNhbXBsZSBub25jZ_==",
                                        "dGhlIHNhbXBsZSBub25jZQ==,",
                                        RequestText.KEY.repeat(2),
                                        "A".repeat(dice.between(25, 4_000)))));
            case 2 ->
                in(
                        request.add(dice.below(6), "Sec-WebSocket-Key: " + dice.oneOf(RequestText.KEY, "short", "")),
                        OK,
                        400);
            default ->
                in(
                        request.with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZ" + dice.oneOf("R", "Z", "f") + "=="),
                        OK,
                        400);
        };
    }

    private Asked host() {
        return switch (dice.below(5)) {
            case 0 -> is(400, request.without("Host"));
            case 1 -> is(400, request.add(dice.below(6), "Host: " + dice.oneOf(authority, "elsewhere.example", "")));
            case 2 ->
                is(
                        421,
                        request.with(
                                "Host",
                                dice.oneOf(
                                        "elsewhere.example",
                                        "elsewhere.example:80",
                                        "128.0.0.1",
                                        "localhost.example",
                                        "127.0.0.1.example",
                                        "[::2]",
                                        "a".repeat(200))));
            case 3 ->
                in(
                        request.with(
                                "Host",
                                dice.oneOf(
                                        "127.0.0.1:99999",
                                        "127.0.0.1:x",
                                        "[::1",
                                        "local host",
                                        "user@localhost",
                                        "localhost:80:80",
                                        "",
                                        "/",
                                        "\u0001",
                                        "local\u00e9host",
                                        "127.0.0.1:-1",
                                        "http://localhost",
                                        "%6cocalhost")),
                        400,
                        421);
            default ->
                is(
                        OK,
                        request.with(
                                "Host",
                                dice.oneOf(
                                        "localhost", "LOCALHOST", "127.1.2.3", "[::1]", "[::1]:8080", "localhost:1")));
        };
    }

    private Asked origin() {
        return switch (dice.below(3)) {
            case 0 -> is(OK, request.add("Origin: " + dice.oneOf("http://" + authority, "HTTP://" + authority)));
            case 1 ->
                is(
                        403,
                        request.add("Origin: http://" + authority)
                                .add("Origin: http://" + dice.oneOf(authority, "elsewhere.example")));
            default ->
                is(
                        403,
                        request.add("Origin: "
                                + dice.oneOf(
                                        "null",
                                        "",
                                        "http://elsewhere.example",
                                        "https://" + authority,
                                        "http://" + authority + ".example",
                                        "http://127.0.0.1",
                                        "file://",
                                        "*",
                                        "http://" + authority + "/",
                                        "http://x@" + authority,
                                        "\u00ff\u00fe",
                                        "a".repeat(dice.below(3_000)))));
        };
    }

    private Asked extensions() {
        Offers offers = new Offers(dice);
        String value = offers.value();
        return new Asked(
                request.add("Sec-WebSocket-Extensions: " + value).bytes(),
                Ending.LISTEN,
                Set.of(OK, 400),
                head -> head.status() != OK || Offers.isRightAnswer(value, head.values("Sec-WebSocket-Extensions")));
    }

    private Asked subprotocol() {
        String name = dice.oneOf(
                "fieldgate.live.v1",
                "fieldgate.live.v2",
                "Fieldgate.Live.V1",
                "",
                ",",
                "a b",
                "\"fieldgate.live.v1\"",
                "x".repeat(dice.between(1, 3_000)),
                "\u00e9",
                "fieldgate.live.v1, fieldgate.live.v1",
                "x, fieldgate.live.v1",
                "fieldgate.live.v1;q=1",
                "chat,, fieldgate.live.v1");
        boolean offered =
                Arrays.stream(name.split(",")).anyMatch(part -> part.strip().equals("fieldgate.live.v1"));
        RequestText live = new RequestText(authority, "/live").add("Sec-WebSocket-Protocol: " + name);
        return new Asked(
                live.bytes(),
                Ending.LISTEN,
                offered ? Set.of(OK) : Set.of(400),
                head -> !offered || head.values("Sec-WebSocket-Protocol").equals(List.of("fieldgate.live.v1")));
    }
}
