package io.fieldgate.api.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.data.Value;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteTest {

    private static final User ANNA = new User("anna", Role.OPERATOR);

    @Test
    void isPlainUnlessToldOtherwise() {
        Write write = Write.by(ANNA, "192.0.2.7");

        assertEquals(Optional.of(ANNA), write.user());
        assertEquals("192.0.2.7", write.from());
        assertFalse(write.isHeld());
        assertEquals(Optional.empty(), Write.own().user());
    }

    @Test
    void isHeldAsSoonAsItSaysWhatBecomesOfThePoint() {
        assertTrue(Write.own().held().isHeld());
        assertTrue(Write.own().withSafe(Value.of(false)).isHeld());
        Write write = Write.by(ANNA, "").repeatedWithin(Duration.ofSeconds(2)).withSafe(Value.of(false));

        assertTrue(write.isHeld());
        assertEquals(Optional.of(Duration.ofSeconds(2)), write.limit());
        assertEquals(Optional.of(Value.of(false)), write.safe());
        assertEquals(Optional.of(ANNA), write.user());
        assertEquals("held write by anna", write.toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 99, 86_400_001})
    void refusesATimeThatIsTooShortOrTooLong(long millis) {
        Duration time = Duration.ofMillis(millis);
        Write write = Write.own();

        assertThrows(IllegalArgumentException.class, () -> write.repeatedWithin(time));
    }
}
