package io.fieldgate.driver.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.driver.i2c.BusException.Kind;
import org.junit.jupiter.api.Test;

class ErrorsTest {

    private static final int ENODEV = 19;

    @Test
    void aBusThatIsThereHasOnlyNobodyAtThatAddress() {
        BusException e = Errors.of(-ENODEV, 0x20, "i2c-0", true);

        assertEquals(Kind.NO_ANSWER, e.kind());
        assertEquals("no answer at 0x20 on i2c-0", e.getMessage());
    }

    @Test
    void aBusThatIsNotThereHasGone() {
        assertEquals(Kind.NO_BUS, Errors.of(-ENODEV, 0x20, "i2c-0", false).kind());
    }
}
