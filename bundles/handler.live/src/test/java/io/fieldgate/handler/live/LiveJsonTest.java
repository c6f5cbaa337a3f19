package io.fieldgate.handler.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.testkit.FakePoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveJsonTest {

    private static final PointId POINT = PointId.of("sim/tank/level");

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "1, 1.0",
        "-0.0, -0.0",
        "2E-3, 0.002",
        "1E23, 1.0E23",
        "5.684341886080801E-14, 5.684341886080801E-14",
        "1.7976931348623157E308, 1.7976931348623157E308",
        "4.9E-324, 4.9E-324"
    })
    void writesDecimalsInTheFewestDigits(double value, String text) {
        assertEquals(text, valueOf(Value.of(value)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "9007199254740991, 9007199254740991",
        "-9007199254740991, -9007199254740991",
        "9007199254740992, '\"9007199254740992\"'",
        "-9223372036854775808, '\"-9223372036854775808\"'"
    })
    void writesIntegersThatNumbersCannotHoldAsStrings(long value, String text) {
        assertEquals(text, valueOf(Value.of(value)));
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity"})
    void writesNoNumberAsNullAndBad(double value) {
        assertTrue(sample(Reading.good(POINT, Value.of(value)))
                .contains("\"value\":null,\"quality\":\"bad\",\"code\":\"not-a-value\""));
        assertTrue(sample(Reading.of(POINT, Value.of(value), Quality.bad(Quality.Code.SENSOR_FAILURE)))
                .contains("\"value\":null,\"quality\":\"bad\",\"code\":\"sensor-failure\""));
    }

    @Test
    void writesBytesAsBase64() {
        assertEquals(
                "\"3q2+7w==\"", valueOf(Value.of(new byte[] {(byte) 0xde, (byte) 0xad, (byte) 0xbe, (byte) 0xef})));
    }

    @Test
    void writesNullForAValueThatIsNotKnown() {
        assertTrue(sample(Reading.bad(POINT, Quality.Code.WAITING))
                .contains("\"value\":null,\"quality\":\"bad\",\"code\":\"waiting\""));
    }

    @Test
    void writesTheTimeOfTheDeviceIfItGaveOne() {
        Instant taken = Instant.parse("1999-12-31T23:59:59.9999Z");

        assertTrue(sample(Reading.good(POINT, Value.of(true)).takenAt(taken)).contains("\"1999-12-31T23:59:59.999Z\""));
    }

    @Test
    void staysJsonWhateverATextHas() throws IOException {
        for (String text :
                List.of("\ud800", "a\udc00b", "\ud83d\ude00", "\u0000\"\\\n\u2028", "x".repeat(100_000) + "\ud83d")) {
            String json = sample(Reading.good(POINT, Value.of(text)));
            try (JsonParser parser = new JsonFactory().createParser(json)) {
                while (parser.nextToken() != null) {
                    assertTrue(json.startsWith("{\"op\":\"samples\""));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "BOOLEAN, true, true",
                "INTEGER, 7, 7",
                "INTEGER, 7.0, 7",
                "INTEGER, 1e3, 1000",
                "INTEGER, '\"9223372036854775807\"', 9223372036854775807",
                "DECIMAL, 7, 7.0",
                "DECIMAL, -1.5e-3, -0.0015",
                "TEXT, '\"7\"', 7",
                "BYTES, '\"3q0=\"', dead"
            })
    void takesTheValueThatAPointWants(ValueType type, String json, String value) throws Exception {
        assertEquals(value, convert(type, json).toString());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "BOOLEAN, 1",
                "BOOLEAN, '\"true\"'",
                "INTEGER, 7.5",
                "INTEGER, 9223372036854775808",
                "INTEGER, 1e400",
                "INTEGER, '\"x\"'",
                "DECIMAL, 1e400",
                "DECIMAL, '\"7\"'",
                "TEXT, 7",
                "BYTES, '\"*\"'",
                "BYTES, [1]",
                "TEXT, null",
                "TEXT, {}",
                "TEXT, '[\"a\"]'"
            })
    void refusesAValueOfAnotherType(ValueType type, String json) {
        PointException e = assertThrows(PointException.class, () -> convert(type, json));

        assertEquals(PointException.Reason.WRONG_TYPE, e.reason());
    }

    private static Value convert(ValueType type, String json) throws Exception {
        return Request.members("{\"value\":" + json + "}")
                .value()
                .toValue(PointInfo.builder(POINT, type).build());
    }

    private static String valueOf(Value value) {
        String json = sample(Reading.good(POINT, value));
        int from = json.indexOf("\"value\":") + 8;
        return json.substring(from, json.indexOf(",\"quality\""));
    }

    private static String sample(Reading reading) {
        return LiveJson.samples(List.of(new Sample(reading, FakePoints.START, 1)))
                .text();
    }

    @Test
    void saysWhatAWriteMustKeepTo() {
        PointInfo pump = PointInfo.builder(PointId.of("sim/tank/pump"), ValueType.INTEGER)
                .access(Access.READ_WRITE)
                .role(Role.ADMIN)
                .allowed(List.of(Value.of(0), Value.of(1)))
                .safe(Value.of(0))
                .confirmed(true)
                .build();
        DeviceInfo tank =
                DeviceInfo.builder(DeviceId.of("sim/tank")).point(pump).build();

        String text =
                new String(LiveJson.object(json -> LiveJson.writeDevices(json, List.of(tank))), StandardCharsets.UTF_8);

        assertTrue(text.contains("\"role\":\"admin\",\"allowed\":[0,1],\"safe\":0,\"confirmed\":true"), text);
    }
}
