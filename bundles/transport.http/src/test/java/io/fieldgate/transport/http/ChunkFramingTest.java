package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.BadMessageException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkFramingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5\r\nhello\r\n0\r\n\r\n",
                "5;a=b\r\nhello\r\n0;c\r\nTrailer: 1\r\n\r\n",
                "00A\r\n0123456789\r\n1\r\n\n\r\n0\r\n\r\nGET / HTTP/1.1\n",
            })
    void takesWhatIsRightHoweverItIsCut(String body) {
        for (int cut = 0; cut <= body.length(); cut++) {
            for (int taken = 0; taken <= cut; taken++) {
                assertEquals(true, isRight(body, cut, taken), body);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5\nhello\r\n0\r\n\r\n",
                "5;a\nhello\r\n0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "5\r\nhello\r\n0\n\r\n",
                "5\rhello",
                " 5\r\n",
                "5 \r\n",
                "\r\n5\r\n",
                "-1\r\n",
                "000000005\r\n",
            })
    void refusesWhatIsWrongHoweverItIsCut(String body) {
        for (int cut = 0; cut <= body.length(); cut++) {
            for (int taken = 0; taken <= cut; taken++) {
                assertEquals(false, isRight(body, cut, taken), body);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1025, 1_000_000})
    void refusesAnExtensionWithoutEnd(int length) {
        assertEquals(false, isRight("5;" + "a".repeat(length), 3, 3));
    }

    /** @param taken how much of the first piece is taken before the second comes */
    private static boolean isRight(String body, int cut, int taken) {
        ByteBuffer all = ByteBuffer.wrap(body.getBytes(StandardCharsets.US_ASCII));
        ChunkFraming framing = new ChunkFraming();
        try {
            framing.look(all.slice(0, cut));
            framing.taken(taken);
            framing.look(all.slice(taken, all.limit() - taken));
            return true;
        } catch (BadMessageException e) {
            return false;
        }
    }
}
