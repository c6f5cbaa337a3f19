package io.fieldgate.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8ValidatorTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "κόσμε",
                "\u0080",
                "\u07FF",
                "\u0800",
                "\uD7FF",
                "\uE000",
                "\uFFFF",
                "😀 and 🚀",
                "a long text of ASCII and then é"
            })
    void acceptsTextCutAnywhere(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= utf8.length; cut++) {
            Utf8Validator validator = new Utf8Validator();
            assertTrue(validator.accept(utf8, 0, cut) && validator.accept(utf8, cut, utf8.length));
            assertTrue(validator.isComplete());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0",
                "c1",
                "f5",
                "ff",
                "c080",
                "c1bf",
                "e08080",
                "e09fbf",
                "eda080",
                "edbfbf",
                "f0808080",
                "f08fbfbf",
                "f4908080",
                "f5808080",
                "c2c2",
                "e18041",
                "e1c280",
                "f1808041",
                "ce61"
            })
    void refusesAtTheFirstWrongByte(String hex) {
        byte[] wrong = Collected.bytes(hex);
        assertFalse(new Utf8Validator().accept(wrong, 0, wrong.length));
        byte[] behindText = TestClient.join("behind some text: ".getBytes(StandardCharsets.US_ASCII), wrong);
        assertFalse(new Utf8Validator().accept(behindText, 0, behindText.length));
    }

    @Test
    void seesAnImpossibleCharacterBeforeItIsWhole() {
        byte[] aboveTheLast = Collected.bytes("f490");
        assertFalse(new Utf8Validator().accept(aboveTheLast, 0, 2));
    }

    @Test
    void knowsThatACharacterIsCutOff() {
        byte[] cut = Collected.bytes("e282");
        Utf8Validator validator = new Utf8Validator();
        assertTrue(validator.accept(cut, 0, cut.length));
        assertFalse(validator.isComplete());
        validator.reset();
        assertTrue(validator.isComplete());
    }

    @Test
    void agreesWithTheJdkOnRandomBytes() {
        Random random = new Random(3629);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = (byte) (random.nextInt(3) == 0 ? random.nextInt(128) : 0x80 + random.nextInt(128));
            }
            Utf8Validator validator = new Utf8Validator();
            boolean valid = validator.accept(bytes, 0, bytes.length) && validator.isComplete();
            assertEquals(isUtf8(bytes), valid, () -> Collected.hex(ByteBuffer.wrap(bytes)));
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
