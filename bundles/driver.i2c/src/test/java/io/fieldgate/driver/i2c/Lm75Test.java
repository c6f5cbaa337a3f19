package io.fieldgate.driver.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TI SNOS808, LM75B and LM75C. */
class Lm75Test {

    private final Bench bench = new Bench();
    private final FakePart part = FakePart.ofWords().with(2, 0x4b00).with(3, 0x5000);

    /** The table of temperatures and their 9 bits, which are the upper ones of the register. */
    @ParameterizedTest
    @CsvSource({"125, 0x0fa", "25, 0x032", "0.5, 0x001", "0, 0x000", "-0.5, 0x1ff", "-25, 0x1ce", "-55, 0x192"})
    void computesTheTableOfTheDataSheet(double celsius, String bits) {
        int register = Integer.decode(bits) << 7;

        assertEquals(celsius, Lm75.celsius(register, 9));
        assertEquals(celsius, Lm75.celsius(register | 0x7f, 9), "what is below the 9 bits means nothing");
        assertEquals(register, Lm75.register(celsius));
    }

    /** NXP LM75B, table 10: 11 bits of an eighth of a degree. */
    @ParameterizedTest
    @CsvSource({"127, 0x3f8", "25.125, 0x0c9", "0.125, 0x001", "-0.125, 0x7ff", "-24.875, 0x739", "-55, 0x648"})
    void computesElevenBits(double celsius, String bits) {
        assertEquals(celsius, Lm75.celsius(Integer.decode(bits) << 5, 11));
    }

    /** After a reset the limits are 80 and 75 °C. */
    @Test
    void readsAndSetsTheLimits() throws Exception {
        bench.bus.with(0x48, part.with(0, 0x1900));
        bench.parts("box type=lm75 address=0x48");

        assertEquals(25, bench.number("box/temperature"));
        assertEquals(80, bench.number("box/overtemperature"));
        assertEquals(75, bench.number("box/hysteresis"));
        assertEquals(Value.of(-10.5), bench.write("box/overtemperature", Value.of(-10.4)));
        assertEquals(0xf580, part.registers[3]);
    }

    @Test
    void aLimitThatIsNotKeptIsAFailure() throws Exception {
        bench.bus.with(0x48, part.when((of, register, value) -> of.registers[register] = 0));
        bench.parts("box type=lm75 address=0x48");

        DriverException e = assertThrows(DriverException.class, () -> bench.write("box/hysteresis", Value.of(20.0)));
        assertEquals(DriverException.Reason.DEVICE, e.reason());
    }
}
