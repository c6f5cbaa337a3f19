package io.fieldgate.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Message;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to a client refers no further back than was agreed (RFC 7692, 7.1.2.1). */
class WindowTest {

    private final Compression compression = new Compression(1);

    @AfterEach
    void close() {
        compression.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
    void isKeptToByEveryReference(int bits) {
        Random random = new Random(bits);
        int farthest = 0;
        for (int size : new int[] {1, 255, 256, 257, 1000, 4096, 65_535, 100_000}) {
            for (int alphabet : new int[] {1, 4, 100}) {
                byte[] bytes = repetitive(random, size, alphabet);
                ByteBuffer frame = encode(bits, Message.binary(bytes));
                if ((frame.get(0) & Wire.RSV1) != 0) {
                    DeflateReader reader = new DeflateReader(TestClient.join(payload(frame), Inflating.TAIL));
                    assertArrayEquals(bytes, reader.readAll());
                    farthest = Math.max(farthest, reader.farthest());
                }
            }
        }
        int window = 1 << bits;
        int most = farthest;
        assertTrue(most <= window, () -> "a distance of " + most + " in a window of " + window);
        assertTrue(most > window / 2, () -> "a distance of " + most + " does not use a window of " + window);
    }

    @Test
    void wouldBeOverstepped() {
        // So that the test above could fail: the same bytes without a limit reach further.
        byte[] bytes = repetitive(new Random(8), 65_535, 100);
        byte[] payload = payload(encode(15, Message.binary(bytes)));
        DeflateReader reader = new DeflateReader(TestClient.join(payload, Inflating.TAIL));
        assertArrayEquals(bytes, reader.readAll());
        assertTrue(reader.farthest() > 1 << 14);
    }

    @Test
    void isThatOfTheClientAloneAlthoughTheMessageIsShared() {
        Message message = Message.binary(repetitive(new Random(1), 20_000, 4));
        ByteBuffer wide = encode(15, message);
        ByteBuffer narrow = encode(8, message);
        assertTrue(narrow.remaining() > wide.remaining());
        assertEquals(wide, encode(15, message));
    }

    private ByteBuffer encode(int bits, Message message) {
        return compression.encoder(new DeflateTerms(bits, "")).apply(message);
    }

    /** Bytes of which any stretch may come again, near or far. */
    private static byte[] repetitive(Random random, int size, int alphabet) {
        byte[] bytes = new byte[size];
        int at = 0;
        while (at < size) {
            int length = Math.min(size - at, 1 + random.nextInt(60));
            if (at > 100 && random.nextInt(3) > 0) {
                int back = 1 + random.nextInt(at);
                for (int i = 0; i < length; i++, at++) {
                    bytes[at] = bytes[at - back];
                }
            } else {
                for (int i = 0; i < length; i++, at++) {
                    bytes[at] = (byte) random.nextInt(alphabet);
                }
            }
        }
        return bytes;
    }

    private static byte[] payload(ByteBuffer frame) {
        int second = frame.get(1);
        int head = second < 126 ? 2 : second == 126 ? 4 : 10;
        byte[] all = new byte[frame.remaining()];
        frame.duplicate().get(all);
        return Arrays.copyOfRange(all, head, all.length);
    }
}
