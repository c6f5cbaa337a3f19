package io.fieldgate.driver.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fieldgate.api.data.Quality;
import io.fieldgate.api.driver.DriverException;
import org.junit.jupiter.api.Test;

/** TI SBOS448, INA219: the worked example of 8.5.2, with a shunt of 2 milliohms and 1 mA a step. */
class Ina219Test {

    private final Bench bench = new Bench();
    private final FakePart part = FakePart.ofWords();

    private void start(String settings) throws DriverException {
        bench.bus.with(0x40, part);
        bench.parts("supply type=ina219 address=0x40" + settings);
    }

    /** Table 8 of the data sheet: 07D0h is 20 mV, 5D98h is 11.98 V, 5000h calibrates, 2710h is 10 A, 1766h is 119.8 W. */
    @Test
    void computesTheExampleOfTheDataSheet() throws Exception {
        start(" shunt.ohm=0.002 max.a=32.768 range.v=16");
        part.with(1, 0x07d0).with(2, 0x5d98).with(3, 0x1766).with(4, 0x2710);

        assertEquals(0x5000, part.registers[5]);
        assertEquals(0.020, bench.number("supply/shunt"), 1e-12);
        assertEquals(11.98, bench.number("supply/voltage"), 1e-12);
        assertEquals(10.0, bench.number("supply/current"), 1e-12);
        assertEquals(119.8, bench.number("supply/power"), 1e-9);
    }

    /** The example's step of 1 mA is the rounded one of 15 A over 2^15, which is 457.7 µA. */
    @Test
    void aStepOfCurrentHasFifteenBits() {
        assertEquals(457.7e-6, Ina219.currentLsb(15), 0.1e-6);
        assertEquals(0x5000, Ina219.calibration(0.001, 0.002));
    }

    /** Table 7: the shunt is two's complement; -320 mV is 8300h, 320 mV is 7D00h. */
    @Test
    void computesTheTableOfShuntVoltages() {
        assertEquals(0.320, Ina219.shuntVolts(0x7d00), 1e-12);
        assertEquals(-0.320, Ina219.shuntVolts(0x8300), 1e-12);
        assertEquals(-0.00001, Ina219.shuntVolts(0xffff), 1e-12);
    }

    /** 8.6.2.1: after a reset the register is 399Fh, which is 32 V and 320 mV. */
    @Test
    void choosesTheGainByTheGreatestCurrent() throws Exception {
        start("");
        assertEquals(0x399f, part.registers[0]);
        new Bench().bus.with(0x40, part);
        start(" shunt.ohm=0.1 max.a=0.4");
        assertEquals(0x219f, part.registers[0]);
    }

    @Test
    void anOverflowMakesCurrentAndPowerUncertain() throws Exception {
        start("");
        part.with(2, 0x5d99);

        assertEquals(Quality.GOOD, bench.read("supply/voltage").quality());
        assertEquals(
                Quality.uncertain(Quality.Code.OUT_OF_RANGE),
                bench.read("supply/current").quality());
        assertEquals(11.98, bench.number("supply/voltage"), 1e-12);
    }

    /** A sharp load resets the part, which then says 0 A for ever. */
    @Test
    void isCalibratedAnewAfterAReset() throws Exception {
        start("");
        int calibration = part.registers[5];
        part.with(5, 0);

        assertEquals(Quality.GOOD, bench.read("supply/current").quality());
        assertEquals(calibration, part.registers[5]);
    }

    @Test
    void refusesAShuntThatItCannotCalculateWith() {
        assertThrows(IllegalArgumentException.class, () -> start(" shunt.ohm=1 max.a=1"));
        assertThrows(IllegalArgumentException.class, () -> start(" shunt.ohm=0.001 max.a=1"));
        assertThrows(IllegalArgumentException.class, () -> start(" shunt.ohm=0"));
        assertThrows(IllegalArgumentException.class, () -> start(" range.v=20"));
    }
}
