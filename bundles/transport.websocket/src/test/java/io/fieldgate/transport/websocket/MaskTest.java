package io.fieldgate.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class MaskTest {

    @Test
    void unmasksFromAnyPlaceAndInAnyPieces() {
        byte[] key = {0x37, (byte) 0xFA, 0x21, 0x3D};
        for (int length = 0; length < 40; length++) {
            for (int position = 0; position < 4; position++) {
                byte[] bytes = new byte[length + 2];
                byte[] expected = new byte[length + 2];
                for (int i = 0; i < length; i++) {
                    bytes[i + 1] = (byte) (31 * i);
                    expected[i + 1] = (byte) (bytes[i + 1] ^ key[(position + i) & 3]);
                }
                Mask.apply(bytes, 1, length + 1, 0x37FA213D, position);
                assertArrayEquals(expected, bytes);
            }
        }
    }
}
