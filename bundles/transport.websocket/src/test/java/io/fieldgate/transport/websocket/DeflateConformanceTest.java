package io.fieldgate.transport.websocket;

import static io.fieldgate.transport.websocket.Wire.FIN;
import static io.fieldgate.transport.websocket.Wire.RSV1;
import static io.fieldgate.transport.websocket.Wire.frame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Categories 12 and 13: permessage-deflate (RFC 7692), with every parameter that a client may offer. */
class DeflateConformanceTest extends Conformance {

    private static final int[] LENGTHS = {0, 16, 64, 256, 1024, 4096, 8192, 16_384, 32_768, 65_536, 131_072};

    /** Every window of the server's and of the client's, with and without each way of takeover. */
    static Stream<String> offers() {
        return Stream.of("", "; server_no_context_takeover", "; client_no_context_takeover")
                .flatMap(takeover -> IntStream.rangeClosed(7, 15)
                        .mapToObj(bits -> bits == 7 ? takeover : takeover + "; server_max_window_bits=" + bits))
                .flatMap(offer -> Stream.of("", "; client_max_window_bits", "; client_max_window_bits=9")
                        .map(offer::concat));
    }

    @ParameterizedTest
    @MethodSource("offers")
    void keepsToTheTermsThatWereOffered(String offer) throws IOException {
        try (DeflateClient client = agreed("permessage-deflate" + offer)) {
            assertEquals(windowOf(offer), client.answered("server_max_window_bits"));
            assertEquals(Optional.empty(), client.answered("client_max_window_bits"));
            for (int length : new int[] {1000, 40_000}) {
                byte[] payload = words(length);
                client.send(Opcode.TEXT, payload, length);
                assertArrayEquals(payload, client.receive(Opcode.TEXT));
            }
            int window = 1 << windowOf(offer).map(Integer::parseInt).orElse(15);
            assertTrue(client.farthest() <= window, () -> "a distance of " + client.farthest());
            assertTrue(client.farthest() > window / 4, () -> "a distance of " + client.farthest());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | permessage-deflate; server_max_window_bits=16, permessage-deflate",
                "9    | permessage-deflate; server_max_window_bits=9, permessage-deflate",
                "12   | permessage-deflate; unheard_of, permessage-deflate; server_max_window_bits=12",
                "none | permessage-deflate; server_no_context_takeover, permessage-deflate; server_max_window_bits=9",
                "8    | x-other; a=b, permessage-deflate; server_max_window_bits=\"8\""
            })
    void takesTheFirstOfSeveralOffersThatCanBeMet(String window, String offers) throws IOException {
        try (DeflateClient client = agreed(offers)) {
            assertEquals(Optional.ofNullable(window), client.answered("server_max_window_bits"));
            client.send(Opcode.BINARY, words(9000), 9000);
            assertArrayEquals(words(9000), client.receive(Opcode.BINARY));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; unheard_of",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_no_context_takeover=1",
                "permessage-deflate; server_max_window_bits=9; server_max_window_bits=9",
                "permessage-bzip2"
            })
    void goesOnUncompressedIfNoOfferCanBeMet(String offer) throws IOException {
        try (TestClient client = carrier.client(port())) {
            String head = client.upgrade("/echo", "Sec-WebSocket-Extensions: " + offer);
            assertTrue(head.startsWith("HTTP/1.1 101 "), head);
            assertFalse(head.contains("Sec-WebSocket-Extensions"), head);
            client.text("a".repeat(1000));
            assertEquals("text " + "a".repeat(1000), client.frame().line());
            client.out.write(frame(FIN | RSV1 | Opcode.TEXT, Collected.bytes("00")));
            assertEquals(List.of("close 1002"), client.untilTheEnd());
        }
    }

    /** Each kind of content in messages of each length, in one frame and in fragments. */
    @ParameterizedTest
    @ValueSource(strings = {"words", "one byte", "noise", "json", "characters of four bytes"})
    void echoesWhateverItIs(String content) throws IOException {
        int kind = content.equals("noise") ? Opcode.BINARY : Opcode.TEXT;
        try (DeflateClient client = agreed("permessage-deflate; client_max_window_bits")) {
            for (int length : LENGTHS) {
                byte[] payload = content(content, length);
                for (int fragment : new int[] {Integer.MAX_VALUE, 16_384, 256}) {
                    client.send(kind, payload, fragment);
                    assertArrayEquals(payload, client.receive(kind), () -> length + " bytes in pieces of " + fragment);
                }
            }
        }
    }

    @Test
    void echoesManyMessagesEachOnItsOwn() throws IOException {
        try (DeflateClient client = agreed("permessage-deflate")) {
            for (int i = 0; i < 300; i++) {
                byte[] payload = words(200 + i);
                client.send(Opcode.TEXT, payload, 64);
                assertArrayEquals(payload, client.receive(Opcode.TEXT));
            }
        }
    }

    @Test
    void echoesTheGreatestMessage() throws IOException {
        try (DeflateClient client = agreed("permessage-deflate")) {
            byte[] zeros = new byte[MAX_MESSAGE_BYTES];
            client.send(Opcode.BINARY, zeros, Integer.MAX_VALUE);
            assertArrayEquals(zeros, client.receive(Opcode.BINARY));
        }
    }

    @Test
    void takesMessagesThatTheClientHasLeftUncompressed() throws IOException {
        try (DeflateClient client = agreed("permessage-deflate")) {
            client.connection.text("plain");
            assertEquals("text plain", client.connection.frame().line());
            client.send(Opcode.TEXT, words(500), 100);
            assertArrayEquals(words(500), client.receive(Opcode.TEXT));
        }
    }

    /** What may not be, and the code that says so. Hello is f248cdc9c90700. */
    @ParameterizedTest
    @CsvSource({
        "1002, 41 83 00000000 f248cd c0 84 00000000 c9c90700, the bit on a continuation",
        "1002, c9 80 00000000, the bit on a ping",
        "1002, ca 80 00000000, the bit on a pong",
        "1002, c8 80 00000000, the bit on a close frame",
        "1002, e1 80 00000000, another bit beside it",
        "1007, c1 84 00000000 ffffffff, no such block",
        "1007, c1 83 00000000 f248cd, cut off within a block",
        "1007, c1 8b 00000000 f248cdc9c907000000ffff, with the tail that is to be left out",
        "1007, c1 87 00000000 0001 00feff ff00, a text that is not UTF-8"
    })
    void refusesWhatIsNotCompressedByTheRules(int code, String hex, String what) throws IOException {
        try (DeflateClient client = agreed("permessage-deflate")) {
            client.connection.out.write(Collected.bytes(hex));
            assertEquals(List.of("close " + code), client.connection.untilTheEnd(), what);
        }
    }

    @Test
    void refusesABombWithoutLightingIt() throws IOException {
        try (DeflateClient client = agreed("permessage-deflate")) {
            client.send(Opcode.BINARY, new byte[MAX_MESSAGE_BYTES + 1], Integer.MAX_VALUE);
            assertEquals(List.of("close 1009"), client.connection.untilTheEnd());
        }
    }

    private DeflateClient agreed(String offers) throws IOException {
        return new DeflateClient(carrier.client(port()), offers);
    }

    private static Optional<String> windowOf(String offer) {
        return Arrays.stream(offer.split("; "))
                .filter(parameter -> parameter.startsWith("server_max_window_bits="))
                .map(parameter -> parameter.substring(parameter.indexOf('=') + 1))
                .findFirst();
    }

    private static byte[] content(String kind, int length) {
        return switch (kind) {
            case "words" -> words(length);
            case "one byte" -> new byte[length];
            case "noise" -> {
                byte[] noise = new byte[length];
                new Random(length).nextBytes(noise);
                yield noise;
            }
            case "json" -> cut("{\"point\":\"linux/cpu/load\",\"value\":0.5,\"quality\":\"good\"},", length);
            default -> cut("😀🚀", length);
        };
    }

    /** Repeats a text up to a length, which must be a multiple of its characters' bytes. */
    private static byte[] cut(String text, int length) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = utf8[i % utf8.length];
        }
        return bytes;
    }

    /** Words that come again at any distance. */
    private static byte[] words(int length) {
        Random random = new Random(1951);
        String[] words = new String[2000];
        Arrays.setAll(words, i -> Long.toUnsignedString(random.nextLong(), 36) + ' ');
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(words[random.nextInt(1 + Math.min(words.length, text.length() / 8)) % words.length]);
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }
}
