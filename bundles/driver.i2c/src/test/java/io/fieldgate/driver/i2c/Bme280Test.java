package io.fieldgate.driver.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Bosch BST-BME280-DS002, and the example of BST-BMP280-DS001, whose temperature and pressure are computed alike. */
class Bme280Test {

    private final Bench bench = new Bench();
    private final FakePart part = Parts.bme280();

    private void start(String settings) throws DriverException {
        bench.bus.with(0x76, part);
        bench.parts("air type=bme280 address=0x76" + settings);
    }

    /** BST-BMP280-DS001, 3.12: adc_T 519888 is 25.08 °C, adc_P 415148 is 100653.27 Pa. */
    @Test
    void computesTheExampleOfTheDataSheet() throws Exception {
        start("");

        assertEquals(25.08, bench.number("air/temperature"), 0.005);
        assertEquals(100653.27, bench.number("air/pressure"), 0.02);
    }

    /** There is no example of humidity; the two forms of the formula in BST-BME280-DS002, 4.2.3 and 8.1, must agree. */
    @Test
    void humidityIsThatOfTheIntegerFormula() throws Exception {
        start("");
        for (int reading = 20000; reading < 45000; reading += 250) {
            Parts.readings(part, 415148, 519888, reading);

            assertEquals(integerFormula(reading, 128422), bench.number("air/humidity"), 0.03, "adc_H " + reading);
        }
    }

    /** BST-BME280-DS002, 4.2.3, with the trimming of the fake. */
    private static double integerFormula(int reading, int fine) {
        int h1 = 75;
        int h2 = 361;
        int h3 = 0;
        int h4 = 321;
        int h5 = 50;
        int h6 = 30;
        int v = fine - 76800;
        v = ((((reading << 14) - (h4 << 20) - (h5 * v)) + 16384) >> 15)
                * (((((((v * h6) >> 10) * (((v * h3) >> 11) + 32768)) >> 10) + 2097152) * h2 + 8192) >> 14);
        v = v - (((((v >> 15) * (v >> 15)) >> 7) * h1) >> 4);
        v = Math.min(Math.max(v, 0), 419430400);
        return (v >> 12) / 1024.0;
    }

    /** 4.2.2: dig_H4 and dig_H5 share an octet and are signed. */
    @Test
    void readsTrimmingThatIsNegative() {
        byte[] first = new byte[Bme280Calibration.FIRST];
        byte[] second = {0, 1, 0, (byte) 0xff, (byte) 0x0f, (byte) 0xff, 0};

        Bme280Calibration calibration = Bme280Calibration.of(first, second);

        // dig_H4 = -1, dig_H5 = -16, dig_H2 = 256: (adc_H - (-64 + -16 / 16384 * -76800)) * 256 / 65536
        assertEquals((1000 + 64 - 75) / 256.0, calibration.humidity(1000, 0), 1e-9);
    }

    @Test
    void measuresWhenItIsRead() throws Exception {
        start(" oversampling=4");
        part.writes.clear();
        bench.pauses.clear();

        bench.read("air/temperature");

        assertEquals(Arrays.asList("f4=6d"), part.writes, "4 samples of each, forced");
        assertEquals(1250 + 3 * 2300 * 4 + 2 * 575, bench.pauses.get(0));
    }

    @Test
    void doesNotWaitForEverForAMeasurement() throws Exception {
        start("");
        part.with(0xf3, 0x08);

        assertEquals(
                Quality.bad(Quality.Code.TIMEOUT), bench.read("air/pressure").quality());
        assertTrue(bench.pauses.size() <= 12, "it looked " + bench.pauses.size() + " times");
    }

    @Test
    void saysThatAnotherPartIsThere() throws Exception {
        part.with(0xd0, 0x58);
        start("");

        assertEquals(
                Quality.bad(Quality.Code.CONFIGURATION),
                bench.read("air/humidity").quality());
        String detail = bench.context.statuses().get(0).detail();
        assertTrue(detail.contains("its id is 0x58 and not 0x60, at 0x76 on i2c-7"), detail);
    }

    @Test
    void whatWasNotMeasuredIsBad() throws Exception {
        Parts.readings(part, 0x80000, 519888, 0x8000);
        start("");

        assertEquals(Quality.GOOD, bench.read("air/temperature").quality());
        assertEquals(
                Quality.Code.SENSOR_FAILURE,
                bench.read("air/pressure").quality().code());
        assertEquals(
                Quality.Code.SENSOR_FAILURE,
                bench.read("air/humidity").quality().code());
    }

    @Test
    void isMadeReadyAnewWhenItHasLostItsSettings() throws Exception {
        start("");
        part.with(0xf2, 0);

        assertEquals(25.08, bench.number("air/temperature"), 0.005);
        assertEquals(1, part.octet(0xf2));
    }

    @Test
    void refusesWhatItCannotDo() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> bench.parts("air type=bme280 address=0x76 oversampling=3"));

        assertEquals("parts, line \"air\": oversampling=3 is not allowed: it must be 1, 2, 4, 8 or 16", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> bench.parts("air type=bme280 address=0x48"));
    }

    @Test
    void cannotBeWritten() throws Exception {
        start("");

        DriverException e = assertThrows(DriverException.class, () -> bench.write("air/temperature", Value.of(1.0)));
        assertEquals(DriverException.Reason.READ_ONLY, e.reason());
    }
}
