package io.fieldgate.transport.websocket;

import static io.fieldgate.transport.websocket.Wire.FIN;
import static io.fieldgate.transport.websocket.Wire.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Category 5: messages in fragments, and control frames among them. */
class FragmentConformanceTest extends Conformance {

    /** A frame as one word: its kind, {@code +} if more fragments follow, its payload. */
    static Stream<Arguments> talks() {
        return Stream.of(
                arguments("text+a text=b", "close 1002"),
                arguments("text+a text+b", "close 1002"),
                arguments("text+a binary=b", "close 1002"),
                arguments("binary+a continuation=b", "binary 6162, close 1000"),
                arguments("text+ab continuation=cd", "text abcd, close 1000"),
                arguments("text+a continuation+b continuation+c continuation=d", "text abcd, close 1000"),
                arguments("text+ continuation+ continuation=", "text , close 1000"),
                arguments("text+ continuation+b continuation=", "text b, close 1000"),
                arguments("text+a ping=p continuation=b", "pong p, text ab, close 1000"),
                arguments("text+a pong=p continuation=b", "text ab, close 1000"),
                arguments(
                        "text+a continuation+b ping=1 continuation+c continuation+d ping=2 continuation=e",
                        "pong 1, pong 2, text abcde, close 1000"),
                arguments("ping+a continuation=b", "close 1002"),
                arguments("pong+a continuation=b", "close 1002"),
                arguments("ping+a ping=b", "close 1002"),
                arguments("close+ continuation=", "close 1002"),
                arguments("continuation=a text=b", "close 1002"),
                arguments("continuation=", "close 1002"),
                arguments("continuation+a text=b", "close 1002"),
                arguments("continuation+ text=b", "close 1002"),
                arguments("text+a continuation=b continuation+c text=d", "text ab, close 1002"),
                arguments("text+a continuation=b continuation=c text=d", "text ab, close 1002"),
                arguments("continuation+a text+b continuation=c", "close 1002"),
                arguments("continuation=a text+b continuation=c", "close 1002"),
                arguments("text=a text+b continuation=c", "text a, text bc, close 1000"));
    }

    @ParameterizedTest
    @MethodSource("talks")
    void joinsFragmentsAndRefusesThoseOutOfPlace(String sent, String answered) throws IOException {
        byte[][] frames = Arrays.stream(sent.split(" "))
                .map(FragmentConformanceTest::read)
                .toArray(byte[][]::new);
        assertEquals(List.of(answered.split(", ")), answers(frames));
    }

    private static byte[] read(String word) {
        int sign = word.indexOf('+') < 0 ? word.indexOf('=') : word.indexOf('+');
        int opcode = List.of("continuation", "text", "binary", "", "", "", "", "", "close", "ping", "pong")
                .indexOf(word.substring(0, sign));
        return frame((word.charAt(sign) == '=' ? FIN : 0) | opcode, word.substring(sign + 1));
    }
}
