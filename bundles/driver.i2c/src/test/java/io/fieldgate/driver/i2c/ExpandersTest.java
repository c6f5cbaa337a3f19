package io.fieldgate.driver.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** TI SCPS068, PCF8574, and Microchip DS20001952, MCP23017. */
class ExpandersTest {

    private static final Value ON = Value.of(true);
    private static final Value OFF = Value.of(false);

    private final Bench bench = new Bench();
    private final FakePart mcp = Parts.mcp23017();
    /** The one register is what was written; the pins are the same unless something pulls. */
    private final FakePart pcf = FakePart.ofOctets().with(0, 0xff);

    private void mcp(String settings) throws DriverException {
        bench.bus.with(0x20, mcp);
        bench.parts("io type=mcp23017 address=0x20 " + settings);
    }

    private void pcf(String settings) throws DriverException {
        bench.bus.with(0x38, pcf);
        bench.parts("keys type=pcf8574 address=0x38 " + settings);
    }

    /** Table 3-1: OLATA is 14h, GPPUA 0Ch, IPOLA 02h, IODIRA 00h; the latches come first, the directions last. */
    @Test
    void setsLatchesBeforeDirections() throws Exception {
        mcp("outputs=0x00ff initial=0x0005 pull=0xff00 inverted=0x0100");

        assertEquals(List.of("14=05", "15=00", "0c=00", "0d=ff", "02=00", "03=01", "00=00", "01=ff"), mcp.writes);
    }

    @Test
    void aBitIsAnInputOrAnOutput() throws Exception {
        mcp("outputs=0x0001 safe=0");
        List<PointInfo> points = bench.driver().devices().get(0).points();

        assertEquals(Access.READ_WRITE, points.get(0).access());
        assertEquals(Optional.of(OFF), points.get(0).safe());
        assertEquals(Access.READ, points.get(1).access());
        assertEquals("b7", points.get(15).id().name());
    }

    @Test
    void readsPinsAndWritesLatches() throws Exception {
        mcp("outputs=0x00ff initial=0");
        mcp.with(0x13, 0x80);

        assertEquals(ON, bench.value("io/b7"));
        assertEquals(OFF, bench.value("io/b6"));
        assertEquals(ON, bench.write("io/a3", ON));
        assertEquals(0x08, mcp.octet(0x14));
        assertEquals(ON, bench.value("io/a3"));
        assertThrows(DriverException.class, () -> bench.write("io/b0", ON));
    }

    @Test
    void outputsStayAsTheyAreIfNothingIsSaid() throws Exception {
        mcp.with(0x14, 0xa5).with(0x00, 0x00);
        mcp("outputs=0x00ff");

        assertEquals(0xa5, mcp.octet(0x14));
        bench.driver().stop();
        assertEquals(0xa5, mcp.octet(0x14));
    }

    @Test
    void outputsGetTheInitialValueAfterAReset() throws Exception {
        mcp("outputs=0x00ff initial=0x0001");
        bench.write("io/a7", ON);
        mcp.with(0x00, 0xff, 0xff).with(0x14, 0, 0).with(0x0c, 0, 0);

        assertEquals(ON, bench.value("io/a0"));
        assertEquals(OFF, bench.value("io/a7"));
        assertEquals(0, mcp.octet(0x00), "it has its directions again");
    }

    @Test
    void outputsStayWhenThePartWasOnlyOutOfReach() throws Exception {
        mcp("outputs=0x00ff initial=0");
        bench.write("io/a7", ON);
        bench.bus.errors.put(0x20, 6);
        bench.read("io/a7");
        bench.bus.errors.clear();
        bench.later(2);

        assertEquals(ON, bench.value("io/a7"));
    }

    @Test
    void outputsAreSafeWhenNobodyWatches() throws Exception {
        mcp("outputs=0x00ff initial=0xff safe=0x10");
        bench.driver().stop();

        assertEquals(0x10, mcp.octet(0x14));
        assertEquals(0x00, mcp.octet(0x00), "they are held there");
    }

    /** 8.3: what is to be an input must be 1. */
    @Test
    void inputsWithoutADirectionAreHeldUp() throws Exception {
        pcf("outputs=0x0f initial=0x03");
        assertEquals(List.of("00=f3"), pcf.writes);

        pcf.with(0, 0x73);
        assertEquals(OFF, bench.value("keys/p7"));
        assertEquals(ON, bench.value("keys/p6"));
        assertThrows(DriverException.class, () -> bench.write("keys/p7", ON));
    }

    @Test
    void aWriteLeavesTheOtherBits() throws Exception {
        pcf("outputs=0x0f initial=0x03");
        assertEquals(ON, bench.write("keys/p2", ON));
        assertEquals(OFF, bench.write("keys/p0", OFF));

        assertEquals("00=f6", pcf.writes.get(pcf.writes.size() - 1));
    }

    @Test
    void aBitThatSomethingHoldsIsAFailure() throws Exception {
        pcf("initial=0");
        pcf.when((of, register, value) -> of.registers[0] = value & 0xfe);

        DriverException e = assertThrows(DriverException.class, () -> bench.write("keys/p0", ON));
        assertEquals(DriverException.Reason.DEVICE, e.reason());
    }

    @Test
    void bitsWithoutADirectionAreSafeWhenNobodyWatches() throws Exception {
        pcf("outputs=0x0f initial=0x0f safe=0");
        bench.driver().stop();

        assertEquals(0xf0, pcf.octet(0));
    }

    @Test
    void bitsWithoutADirectionAreInitialAfterAReset() throws Exception {
        pcf("outputs=0x0f initial=0x03");
        bench.bus.errors.put(0x38, 6);
        bench.read("keys/p0");
        bench.bus.errors.clear();
        pcf.with(0, 0xff);
        bench.later(2);

        assertEquals(OFF, bench.value("keys/p2"));
        assertEquals(0xf3, pcf.octet(0));
    }
}
