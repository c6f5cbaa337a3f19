package io.fieldgate.driver.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.TableLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts' formulas against what their data sheets say. */
class PartsTest {

    private static final int AT = 0x40;

    private final FakeBus bus = new FakeBus().with(AT);
    private final Bus.Target target;

    PartsTest() throws IOException {
        target = bus.open(AT);
    }

    private static Part part(PartKind kind, String settings) {
        return kind.make(
                new Measured(DeviceId.of("i2c/part"), Duration.ofSeconds(1)),
                TableLine.of("parts", "part " + settings));
    }

    private Map<PointId, Value> read(Part part) throws IOException {
        return part.read(target, part.points().stream().map(PointInfo::id).toList());
    }

    private static PointId point(String name) {
        return PointId.of("i2c/part/" + name);
    }

    private static double number(Map<PointId, Value> values, String name) {
        return ((Value.DecimalValue) values.get(point(name))).value();
    }

    /** SNIS153, table "Digital output vs temperature"; the last two: what parts with more bits add. */
    @ParameterizedTest
    @CsvSource({
        "0x7d00, 125",
        "0x1900, 25",
        "0x0080, 0.5",
        "0x0000, 0",
        "0xff80, -0.5",
        "0xe700, -25",
        "0xc900, -55",
        "0x1910, 25.0625",
        "0xfff0, -0.0625"
    })
    void anLm75(String register, double celsius) throws Exception {
        Part part = part(PartKind.LM75, "");
        bus.word(AT, 0, Integer.decode(register));

        assertEquals(celsius, number(read(part), "temperature"));
    }

    @Test
    void anLm75TakesLimits() throws Exception {
        Part part = part(PartKind.LM75, "");
        bus.word(AT, 0, 0);

        part.write(target, point("limit"), Value.of(80.0));
        part.write(target, point("hysteresis"), Value.of(-0.6));

        assertEquals(0x5000, bus.words.get(AT).get(3));
        assertEquals(0xff80, bus.words.get(AT).get(2));
        assertEquals(-0.5, number(read(part), "hysteresis"));
    }

    /** SBAS444, 8.6.3: operational status, multiplexer, gain, mode, rate, comparator. */
    @Test
    void anAds1115IsAskedForOneConversion() {
        assertEquals(0b1_100_001_1_111_0_0_0_11, Ads1115.configuration(4, 1));
        assertEquals(0b1_011_101_1_111_0_0_0_11, Ads1115.configuration(3, 5));
    }

    /** SBAS444, table "Input signal versus ideal output code". */
    @ParameterizedTest
    @CsvSource({"0x7fff, 1, 32767", "0x0001, 1, 1", "0, 1, 0", "0xffff, 1, -1", "0x8000, 1, -32768"})
    void anAds1115(String code, int gain, int steps) {
        assertEquals(steps * 4.096 / 32_768, Ads1115.volts(Integer.decode(code), gain), 1e-12);
    }

    @Test
    void anAds1115IsWaitedFor() throws Exception {
        Part part = part(PartKind.ADS1115, "range.v=6.144 differential=true");
        bus.word(AT, 0, 0x4000);

        assertEquals(3.072, number(read(part), "a0-a1"), 1e-9);
        assertEquals(
                4, bus.written.stream().filter(what -> what.startsWith("01=")).count());
    }

    @Test
    void anAds1115ThatNeverEndsIsGivenUp() {
        Part part = part(PartKind.ADS1115, "");
        Bus.Target hanging = new Silent();

        IOException failure = assertThrows(
                IOException.class,
                () -> part.read(
                        hanging, part.points().stream().map(PointInfo::id).toList()));

        assertEquals("the converter did not end within 50 ms", failure.getMessage());
    }

    /** Answers everything with 0. */
    private static final class Silent implements Bus.Target {

        @Override
        public int read() {
            return 0;
        }

        @Override
        public void write(int value) {}

        @Override
        public int readByte(int register) {
            return 0;
        }

        @Override
        public void writeByte(int register, int value) {}

        @Override
        public int readWord(int register) {
            return 0;
        }

        @Override
        public void writeWord(int register, int value) {}

        @Override
        public byte[] readBlock(int register, int length) {
            return new byte[length];
        }

        @Override
        public void writeBlock(int register, byte[] data) {}

        @Override
        public void close() {}
    }

    /** SBOS448, 8.5.1, the worked example: 2 mOhm, 1 mA per step, 20 mV across the shunt, 11.98 V. */
    @Test
    void anIna219() throws Exception {
        assertEquals(0x5000, Ina219.calibration(0.001, 0.002));
        assertEquals(11.98, Ina219.busVolts(0x5d98), 1e-9);
        assertEquals(0.02, Ina219.shuntVolts(0x07d0), 1e-9);
        assertEquals(10, Ina219.amperes(0x2710, 0.001), 1e-9);
        assertEquals(119.8, Ina219.watts(0x1766, 0.001), 1e-9);

        Part part = part(PartKind.INA219, "shunt.ohm=0.002 max.a=32.768");
        bus.word(AT, 1, 0x07d0).word(AT, 2, 0x5d98).word(AT, 3, 0x1766).word(AT, 4, 0x2710);
        part.begin(target);

        assertEquals(0x5000, bus.words.get(AT).get(5));
        Map<PointId, Value> values = read(part);
        assertEquals(11.98, number(values, "voltage"), 1e-9);
        assertEquals(10, number(values, "current"), 1e-9);
        assertEquals(119.8, number(values, "power"), 1e-9);

        bus.word(AT, 2, 0x5d99);
        assertEquals(null, read(part).get(point("current")), "with an overflow the current means nothing");
    }

    private static final Bme280Calibration EXAMPLE = new Bme280Calibration(
            new Bme280Calibration.Numbers(27_504, 26_435, -1_000),
            new Bme280Calibration.Numbers(36_477, -10_685, 3_024, 2_855, 140, -7, 15_500, -14_600, 6_000),
            new Bme280Calibration.Numbers(75, 355, 0, 340, 50, 30));

    /** BST-BMP280-DS001, 3.12, the worked example; the BME280 has the same formulas. */
    @Test
    void aBme280() {
        double fine = EXAMPLE.fine(519_888);

        assertEquals(128_422, Math.floor(fine));
        assertEquals(25.08, Bme280Calibration.celsius(fine), 0.005);
        assertEquals(100_653.27, EXAMPLE.pascals(415_148, fine), 0.01);
    }

    /** The data sheet has no example for humidity, but a second formula, with whole numbers (BST-BME280-DS002, 4.2.3): both agree. */
    @ParameterizedTest
    @CsvSource({"20000", "25000", "28000", "30000", "33000", "36000", "0", "65535"})
    void aBme280sHumidity(int raw) {
        double fine = EXAMPLE.fine(519_888);

        assertEquals(wholeNumbers(raw, (int) fine) / 1_024.0, EXAMPLE.percent(raw, fine), 0.1);
    }

    private static long wholeNumbers(int raw, int fine) {
        int h1 = 75;
        int h2 = 355;
        int h3 = 0;
        int h4 = 340;
        int h5 = 50;
        int h6 = 30;
        int x = fine - 76_800;
        int left = ((raw << 14) - (h4 << 20) - h5 * x + 16_384) >> 15;
        int right = ((((((x * h6) >> 10) * (((x * h3) >> 11) + 32_768)) >> 10) + 2_097_152) * h2 + 8_192) >> 14;
        int y = left * right;
        y -= ((((y >> 15) * (y >> 15)) >> 7) * h1) >> 4;
        return Math.max(0, Math.min(419_430_400, y)) >> 12;
    }

    @Test
    void aBme280sValuesLieWhereTheDataSheetSays() throws Exception {
        ByteBuffer first = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN);
        for (int value :
                new int[] {27_504, 26_435, -1_000, 36_477, -10_685, 3_024, 2_855, 140, -7, 15_500, -14_600, 6_000}) {
            first.putShort((short) value);
        }
        for (int i = 0; i < 26; i++) {
            bus.set(AT, 0x88 + i, first.array()[i]);
        }
        // H1 alone, then H2 to H6: 355, 0, and 340 and 50 in twelve bits each that share a byte, 30.
        bus.set(AT, 0xa1, 75).set(AT, 0xe1, 0x63, 0x01, 0, 0x15, 0x24, 0x03, 30);
        bus.set(AT, 0xd0, 0x60);
        // 415148, 519888, 28000.
        bus.set(AT, 0xf7, 0x65, 0x5a, 0xc0, 0x7e, 0xed, 0x00, 0x6d, 0x60);
        Part part = part(PartKind.BME280, "");
        part.begin(target);

        Map<PointId, Value> values = read(part);

        assertEquals(25.08, number(values, "temperature"), 0.005);
        assertEquals(100_653.27, number(values, "pressure"), 0.01);
        assertEquals(EXAMPLE.percent(28_000, EXAMPLE.fine(519_888)), number(values, "humidity"), 1e-9);
        bus.set(AT, 0xd0, 0x58);
        assertThrows(IOException.class, () -> part.begin(target), "a BMP280 has no humidity");
    }

    @Test
    void aPcf8574() throws Exception {
        Part part = part(PartKind.PCF8574, "outputs=0x0f initial=0x05 safe=0x01");
        part.begin(target);
        bus.ports.put(AT, 0x85);

        Map<PointId, Value> values = read(part);
        part.write(target, point("p1"), Value.of(true));
        part.write(target, point("p0"), Value.of(false));
        part.end(target);

        assertEquals(Value.of(true), values.get(point("p7")));
        assertEquals(Value.of(false), values.get(point("p6")));
        assertEquals(List.of("f5", "f7", "f6", "f1"), bus.written);
    }

    /** Levels are set before directions, so that no output is at a level that nobody has asked for. */
    @Test
    void anMcp23017() throws Exception {
        Part part = part(PartKind.MCP23017, "outputs=0x00ff initial=0x0003 pull-up=0xf000");
        part.begin(target);
        bus.set(AT, 0x12, 0x03, 0x80);

        Map<PointId, Value> values = read(part);
        part.write(target, point("a7"), Value.of(true));
        part.end(target);

        assertEquals(Value.of(true), values.get(point("a1")));
        assertEquals(Value.of(true), values.get(point("b7")));
        assertEquals(Value.of(false), values.get(point("b0")));
        assertEquals(
                List.of("14=03", "15=00", "0c=00", "0d=f0", "00=00", "01=ff", "14=83", "15=00", "14=00", "15=00"),
                bus.written);
    }
}
