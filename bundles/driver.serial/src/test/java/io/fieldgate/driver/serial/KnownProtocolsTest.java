package io.fieldgate.driver.serial;

import static io.fieldgate.driver.serial.Configs.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The configurations of the README, with sentences and telegrams whose checksums are known. */
class KnownProtocolsTest {

    private static final String GGA = "$GPGGA,123519,4807.038,N,01131.000,W,1,08,0.9,545.4,M,46.9,M,,*55";

    private static Map<String, Reading> parse(SerialDriver.Config config, String... lines) {
        SerialSettings settings = SerialSettings.of(config);
        LineParser parser = new LineParser(settings, new Counters(settings.device()), new AnswerSlot());
        Arrays.stream(lines).forEach(parser::take);
        return parser.drain().stream()
                .collect(Collectors.toMap(reading -> reading.point().name(), Function.identity()));
    }

    private static double number(Reading reading) {
        Value value = reading.value().orElseThrow();
        return value instanceof Value.DecimalValue decimal ? decimal.value() : ((Value.IntegerValue) value).value();
    }

    private static SerialDriver.Config gps() {
        return Configs.of(
                "checksum", "nmea",
                "lines",
                        table("gga pattern=\"[$]G.GGA,[^,]*,(?<lat>[^,]*),(?<ns>[NS]?),(?<lon>[^,]*),(?<ew>[EW]?),"
                                + "(?<fix>[^,]*),(?<sats>[^,]*),.*\""),
                "points",
                        table(
                                "latitude group=lat sign=ns form=degrees-minutes unit=deg",
                                "longitude group=lon sign=ew form=degrees-minutes unit=deg",
                                "satellites group=sats type=integer"));
    }

    @Test
    void readsAPositionOfNmea() {
        Map<String, Reading> readings = parse(gps(), GGA);

        assertEquals(48.1173, number(readings.get("latitude")), 1e-9);
        assertEquals(-(11 + 31.0 / 60), number(readings.get("longitude")), 1e-9);
        assertEquals(8, number(readings.get("satellites")));
    }

    @Test
    void leavesOutASentenceWhoseChecksumIsWrong() {
        assertTrue(parse(gps(), GGA.replace("4807", "4808")).isEmpty());
        assertTrue(Checksums.nmea("$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47"));
        assertFalse(Checksums.nmea("$GP*"));
        assertFalse(Checksums.nmea(""));
    }

    private static SerialDriver.Config meter() {
        return Configs.of(
                "line_end",
                "crlf",
                "frame",
                "dsmr",
                "lines",
                table(
                        "import pattern=\"1-0:1[.]8[.]1[(](?<energy>[0-9.]+)[*]kWh[)]\"",
                        "power pattern=\"1-0:1[.]7[.]0[(](?<power>[0-9.]+)[*]kW[)]\""),
                "points",
                table("energy unit=kW.h", "power unit=W scale=1000"));
    }

    private static String[] telegram(String energy, String crc) {
        return List.of(
                        "/TST5\\2METER",
                        "",
                        "1-3:0.2.8(50)",
                        "1-0:1.8.1(" + energy + "*kWh)",
                        "1-0:1.7.0(01.193*kW)",
                        "!" + crc)
                .toArray(String[]::new);
    }

    private static String crc(String energy) {
        String[] lines = telegram(energy, "");
        String all = String.join("\r\n", lines);
        return "%04X".formatted(Checksums.crc16(0, all));
    }

    @Test
    void readsATelegramOfASmartMeterWhoseCrcIsRight() {
        Map<String, Reading> readings = parse(meter(), telegram("001234.567", crc("001234.567")));

        assertEquals(1234.567, number(readings.get("energy")), 1e-9);
        assertEquals(1193, number(readings.get("power")), 1e-9);
        assertTrue(parse(meter(), telegram("001234.568", crc("001234.567"))).isEmpty());
    }

    /** The check value that catalogues of CRCs give for CRC-16/ARC. */
    @Test
    void computesTheCrcAsOthersDo() {
        assertEquals(0xBB3D, Checksums.crc16(0, "123456789"));
    }

    @Test
    void givesUpAPatternThatWouldTakeForEver() {
        SerialDriver.Config config =
                Configs.of("lines", table("bad pattern=(a+)+b(?<x>.)"), "points", table("x type=text"));

        assertTrue(parse(config, "a".repeat(1000)).isEmpty());
    }

    @Test
    void saysWhichKeyOfWhichLineIsWrong() {
        assertRefused("flow=hardware is not allowed: it must be one of none, rts-cts, xon-xoff", "flow", "hardware");
        assertRefused("lines, line \"a\": pattern=( is no regular expression", "lines", table("a pattern=("));
        assertRefused("points, line \"x\": group=x is not allowed", "points", table("x type=text"));
        assertRefused("points, line \"x\": send is not allowed without %s", "points", table("x send=GO"));
    }

    private static void assertRefused(String expected, Object... settings) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> SerialSettings.of(Configs.of(settings)));
        assertTrue(refusal.getMessage().contains(expected), refusal::getMessage);
    }
}
