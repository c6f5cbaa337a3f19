package io.fieldgate.driver.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.DriverException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistersTest {

    private final Bench bench = new Bench();
    private final FakePart part = FakePart.ofOctets();

    private void start(String... settings) throws DriverException {
        bench.bus.with(0x2f, part);
        String[] lines = new String[settings.length];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "p" + i + " device=fan address=0x2f " + settings[i];
        }
        bench.registers(lines);
    }

    /** The octets from 0x10 on are fe dc ba 98 76 54 32 10. */
    @ParameterizedTest
    @CsvSource({
        "width=1, fe",
        "width=1 signed=true, fffffffffffffffe",
        "width=2, fedc",
        "width=2 order=little, dcfe",
        "width=2 signed=true, fffffffffffffedc",
        "width=3, fedcba",
        "width=3 order=little signed=true, ffffffffffbadcfe",
        "width=4 signed=true, fffffffffedcba98",
        "width=5, fedcba9876",
        "width=6 order=little, 547698badcfe",
        "width=7 signed=true, fffedcba98765432",
        "width=8 signed=true, fedcba9876543210",
        "width=1 mask=0xf0, f",
        "width=1 mask=0xf0 signed=true, ffffffffffffffff",
        "width=2 mask=0x0ff0, ed",
        "width=2 mask=0x0ff0 signed=true, ffffffffffffffed",
        "width=2 mask=0x0ff0 shift=0, ed0",
        "width=1 scale=2 offset=-5, 1f7",
        "width=2 register.bytes=2, fedc"
    })
    void readsWholeNumbers(String settings, String expected) throws Exception {
        part.with(0x10, 0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10);
        start("register=0x10 " + settings);

        assertEquals(Value.of(Long.parseUnsignedLong(expected, 16)), bench.value("fan/p0"));
    }

    /** The octets from 0x10 on are 41 c8 00 00, which is 25 by IEEE 754. */
    @ParameterizedTest
    @CsvSource({
        "width=4 float=true, 25",
        "width=4 float=true scale=2 offset=1, 51",
        "width=2 scale=0.5, 8420",
        "width=1 type=decimal, 65",
        "width=8 float=true, 805306368"
    })
    void readsDecimals(String settings, double expected) throws Exception {
        part.with(0x10, 0x41, 0xc8, 0, 0, 0, 0, 0, 0);
        start("register=0x10 " + settings);

        assertEquals(expected, bench.number("fan/p0"));
    }

    @ParameterizedTest
    @CsvSource({
        "width=1, 200, 10=c8",
        "width=1 signed=true, -2, 10=fe",
        "width=2, 4660, 10=12 11=34",
        "width=2 order=little, 4660, 10=34 11=12",
        "width=3, 66051, 10=01 11=02 12=03",
        "width=1 scale=2 offset=-5, 5, 10=05",
        "width=2 register.bytes=2, 258, 10=01 11=02"
    })
    void writesWholeNumbers(String settings, long number, String written) throws Exception {
        start("register=0x10 access=rw " + settings);

        assertEquals(Value.of(number), bench.write("fan/p0", Value.of(number)));
        assertEquals(List.of(written.split(" ")), part.writes.stream().sorted().toList());
        assertEquals(Value.of(number), bench.value("fan/p0"));
    }

    @Test
    void writesDecimals() throws Exception {
        start("register=0x10 access=rw width=4 float=true", "register=0x20 access=rw width=2 scale=0.1");

        bench.write("fan/p0", Value.of(25.0));
        bench.write("fan/p1", Value.of(12.34));

        assertEquals(25.0, bench.number("fan/p0"));
        assertEquals(0x41, part.octet(0x10));
        assertEquals(12.3, bench.number("fan/p1"), 1e-9);
    }

    @Test
    void aWriteLeavesBitsThatAreNotMeant() throws Exception {
        part.with(0x10, 0xa5);
        start("register=0x10 mask=0x38 access=rw", "register=0x10 mask=0x40 type=boolean access=rw");

        bench.write("fan/p0", Value.of(7L));
        assertEquals(0xbd, part.octet(0x10));
        bench.write("fan/p0", Value.of(0L));
        assertEquals(0x85, part.octet(0x10));
        assertEquals(Value.of(true), bench.write("fan/p1", Value.of(true)));
        assertEquals(0xc5, part.octet(0x10));
    }

    @Test
    void whatDoesNotFitIsRefusedAndNothingIsWritten() throws Exception {
        start("register=0x10 mask=0x38 access=rw", "register=0x11 signed=true access=rw");

        for (long wrong : new long[] {8, -1}) {
            DriverException e = assertThrows(DriverException.class, () -> bench.write("fan/p0", Value.of(wrong)));
            assertEquals(DriverException.Reason.OUT_OF_RANGE, e.reason());
        }
        assertThrows(DriverException.class, () -> bench.write("fan/p1", Value.of(128L)));
        assertEquals(List.of(), part.writes);
    }

    @Test
    void theAnswerToAWriteIsThePartsOwnIfAsked() throws Exception {
        start("register=0x10 access=rw write-through=true", "register=0x11 access=rw");
        part.when((of, register, value) -> of.registers[register] = value & 0x7f);

        assertEquals(Value.of(0x40L), bench.write("fan/p0", Value.of(0xc0L)));
        assertEquals(Value.of(0xc0L), bench.write("fan/p1", Value.of(0xc0L)));
    }

    @Test
    void whatCanOnlyBeWrittenIsNotRead() throws Exception {
        start("register=0x10 access=w");

        bench.write("fan/p0", Value.of(3L));

        assertEquals(Quality.Level.BAD, bench.read("fan/p0").quality().level());
        assertTrue(bench.driver().devices().get(0).points().get(0).pollPeriod().isEmpty());
    }

    @Test
    void initialIsWrittenAtTheStartAndSafeAtTheEnd() throws Exception {
        start("register=0x10 access=rw initial=5 safe=9");
        assertEquals(5, part.octet(0x10));

        bench.driver().stop();

        assertEquals(9, part.octet(0x10));
        assertTrue(bench.bus.closed);
    }

    @Test
    void aPartWithOneOctetHasNoRegister() throws Exception {
        start("access=rw");

        bench.write("fan/p0", Value.of(17L));

        assertEquals(17, part.octet(0));
    }

    @Test
    void choosesTheTypeByWhatCanCome() throws Exception {
        start("register=1", "register=2 scale=0.5", "register=3 mask=1 type=boolean", "register=4 scale=10");

        assertEquals(
                List.of(ValueType.INTEGER, ValueType.DECIMAL, ValueType.BOOLEAN, ValueType.INTEGER),
                bench.driver().devices().get(0).points().stream()
                        .map(point -> point.type())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "register=0x100",
                "register=1 width=9",
                "register=1 width=8",
                "width=2",
                "register=1 mask=0x100",
                "register=1 mask=0",
                "register=1 mask=0x30 shift=5",
                "register=1 width=2 float=true",
                "register=1 order=middle",
                "register=1 scale=0",
                "register=1 scale=0.5 type=integer",
                "register=1 initial=4",
                "register=1 access=rw initial=256",
                "register=1 access=w mask=1",
                "register=1 access=x",
                "register=1 colour=red"
            })
    void refusesWhatCannotBe(String settings) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> start(settings));

        assertTrue(e.getMessage().startsWith("registers, line \"p0\": "), e.getMessage());
    }

    @Test
    void aDeviceHasOneAddressAndEachPointOneName() {
        assertThrows(
                IllegalArgumentException.class,
                () -> bench.registers("a device=x address=0x10 register=1", "b device=x address=0x11 register=1"));
        assertThrows(
                IllegalArgumentException.class,
                () -> bench.registers("a device=x address=0x10 register=1", "a device=x address=0x10 register=2"));
        assertThrows(IllegalArgumentException.class, () -> bench.registers("a device=x address=0x78 register=1"));
        assertThrows(IllegalArgumentException.class, () -> bench.registers("a device=X address=0x10 register=1"));
        assertThrows(IllegalArgumentException.class, () -> bench.registers());
    }
}
