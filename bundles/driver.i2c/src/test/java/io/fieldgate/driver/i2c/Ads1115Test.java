package io.fieldgate.driver.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Quality;
import io.fieldgate.api.driver.DriverException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TI SBAS444, ADS1113, ADS1114, ADS1115. */
class Ads1115Test {

    private final Bench bench = new Bench();
    private final FakePart part = FakePart.ofWords();

    private void start(String settings) throws DriverException {
        bench.bus.with(0x48, part);
        bench.parts("volts type=ads1115 address=0x48" + settings);
    }

    /** Table 3: FS (2^15 - 1)/2^15 is 7FFFh, FS/2^15 is 0001h, 0 is 0000h, -FS/2^15 is FFFFh, -FS is 8000h. */
    @ParameterizedTest
    @CsvSource({
        "2.048, 0x7fff, 2.0479375",
        "2.048, 0x0001, 0.0000625",
        "2.048, 0x0000, 0",
        "2.048, 0xffff, -0.0000625",
        "2.048, 0x8000, -2.048",
        "6.144, 0x0001, 0.0001875",
        "4.096, 0x0001, 0.000125",
        "1.024, 0x0001, 0.00003125",
        "0.512, 0x0001, 0.000015625",
        "0.256, 0x0001, 0.0000078125"
    })
    void computesTheCodesOfTheDataSheet(double fullScale, String code, double volts) {
        assertEquals(volts, Ads1115.volts(Integer.decode(code), fullScale), 1e-12);
    }

    /** Table 8: bits 14 to 12. */
    @Test
    void asksForTheInput() throws Exception {
        start(" inputs=0|1|2|3|0-1|0-3|1-3|2-3");
        Map<String, String> codes = Map.of(
                "in0", "c", "in1", "d", "in2", "e", "in3", "f", "in0-1", "8", "in0-3", "9", "in1-3", "a", "in2-3", "b");
        for (Map.Entry<String, String> code : codes.entrySet()) {
            part.writes.clear();
            bench.read("volts/" + code.getKey());

            assertEquals(List.of("01=" + code.getValue() + "583"), part.writes, code.getKey());
        }
    }

    @Test
    void setsRangeAndRate() throws Exception {
        start(" range.v=0.256 rate.hz=860");
        part.writes.clear();
        bench.read("volts/in0");

        assertEquals(List.of("01=cbe3"), part.writes);
        assertEquals(1_100_000L / 860 + 50, bench.pauses.get(0));
    }

    @Test
    void whatIsBeyondTheRangeIsUncertain() throws Exception {
        start("");
        part.with(0, 0x7fff);
        assertEquals(
                Quality.uncertain(Quality.Code.OUT_OF_RANGE),
                bench.read("volts/in0").quality());
        part.with(0, 0x8000);
        assertEquals(
                Quality.uncertain(Quality.Code.OUT_OF_RANGE),
                bench.read("volts/in0").quality());
        part.with(0, 0x4000);
        assertEquals(1.024, bench.number("volts/in0"), 1e-12);
    }

    @Test
    void doesNotWaitForEverForAConversion() throws Exception {
        start("");
        part.when((of, register, value) -> of.registers[1] &= 0x7fff);

        assertEquals(Quality.bad(Quality.Code.TIMEOUT), bench.read("volts/in0").quality());
        assertTrue(bench.pauses.size() <= 22, "it looked " + bench.pauses.size() + " times");
    }

    @Test
    void refusesWhatItCannotDo() {
        for (String wrong : List.of("inputs=4", "inputs=0|0", "range.v=5", "rate.hz=100", "gain=2")) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> start(" " + wrong), wrong);
            assertTrue(e.getMessage().startsWith("parts, line \"volts\": "), e.getMessage());
        }
    }
}
