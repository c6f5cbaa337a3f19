package io.fieldgate.driver.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.DriverException.Reason;
import io.fieldgate.testkit.FakeDriverContext;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class I2cDriverTest {

    private final FakeBus bus = new FakeBus().with(0x20).with(0x50);
    private final FakeDriverContext context = new FakeDriverContext();
    private final AtomicLong nanos = new AtomicLong();
    private I2cDriver driver;

    @AfterEach
    void stop() {
        if (driver != null) {
            driver.stop();
        }
        assertEquals(0, bus.open(), "addresses that were not closed");
    }

    private void start(Configured configured) throws DriverException {
        driver = configured.driver(bus, nanos);
        driver.start(context);
    }

    private static PointId point(String name) {
        return PointId.of("i2c/" + name);
    }

    private Optional<Value> read(String name) {
        return driver.read(List.of(point(name))).get(0).value();
    }

    @Test
    void readsRegistersAsTheyAreDescribed() throws Exception {
        bus.set(0x50, 0x10, 0xff, 0x38, 0x01, 0x02, 0x03, 0x04, 0x42, 0x28, 0x00, 0x00);
        start(Configured.registers(
                "x/byte address=0x50 register=0x10",
                "x/signed address=0x50 register=0x10 signed=true",
                "x/big address=0x50 register=0x10 width=2 signed=true",
                "x/little address=0x50 register=0x10 width=2 order=little",
                "x/three address=0x50 register=0x12 width=3",
                "x/four address=0x50 register=0x12 width=4 order=little",
                "x/nibble address=0x50 register=0x11 mask=0xf0",
                "x/sign address=0x50 register=0x11 mask=0x38 signed=true",
                "x/bit address=0x50 register=0x11 mask=0x08 type=boolean",
                "x/scaled address=0x50 register=0x10 width=2 signed=true scale=0.01 offset=20 unit=Cel",
                "x/real address=0x50 register=0x16 width=4 float=true"));

        assertEquals(Optional.of(Value.of(255)), read("x/byte"));
        assertEquals(Optional.of(Value.of(-1)), read("x/signed"));
        assertEquals(Optional.of(Value.of(-200)), read("x/big"));
        assertEquals(Optional.of(Value.of(0x38ff)), read("x/little"));
        assertEquals(Optional.of(Value.of(0x010203)), read("x/three"));
        assertEquals(Optional.of(Value.of(0x04030201)), read("x/four"));
        assertEquals(Optional.of(Value.of(3)), read("x/nibble"));
        assertEquals(Optional.of(Value.of(-1)), read("x/sign"));
        assertEquals(Optional.of(Value.of(true)), read("x/bit"));
        assertEquals(Optional.of(Value.of(18.0)), read("x/scaled"));
        assertEquals(Optional.of(Value.of(42.0)), read("x/real"));
    }

    @Test
    void writesOnlyTheBitsOfThePoint() throws Exception {
        bus.set(0x50, 0x10, 0b1010_0101);
        start(Configured.registers(
                "x/mode address=0x50 register=0x10 mask=0x18 access=rw", "x/rest address=0x50 register=0x10"));

        driver.write(point("x/mode"), Value.of(3));

        assertEquals(0b1011_1101, bus.get(0x50, 0x10));
        DriverException refusal = assertThrows(DriverException.class, () -> driver.write(point("x/mode"), Value.of(4)));
        assertEquals(Reason.OUT_OF_RANGE, refusal.reason());
        assertEquals("i2c/x/mode has 2 bits, without a sign: 4 does not fit", refusal.getMessage());
    }

    @Test
    void writesScaledAndRealNumbers() throws Exception {
        start(Configured.registers(
                "x/dac address=0x50 register=0x10 width=2 scale=0.01 access=rw",
                "x/real address=0x50 register=0x20 width=4 float=true order=little access=rw",
                "x/wide address=0x50 register=0x30 width=3 signed=true access=rw"));

        assertEquals(
                Optional.of(Value.of(3.3)),
                driver.write(point("x/dac"), Value.of(3.3)).value());
        assertEquals(
                Optional.of(Value.of(-1.5)),
                driver.write(point("x/real"), Value.of(-1.5)).value());
        assertEquals(
                Optional.of(Value.of(-2)),
                driver.write(point("x/wide"), Value.of(-2)).value());

        assertEquals(330, (bus.get(0x50, 0x10) << 8) | bus.get(0x50, 0x11));
        assertEquals(0xbf, bus.get(0x50, 0x23));
        assertEquals(0xfe, bus.get(0x50, 0x32));
    }

    @Test
    void whatIsNotReadBackSaysWhatWasWritten() throws Exception {
        start(Configured.registers(
                "x/strange address=0x50 register=0x10 access=rw write-through=false initial=7",
                "x/plain address=0x50 register=0x10 access=rw"));
        assertEquals(Optional.of(Value.of(7)), read("x/strange"));

        driver.write(point("x/strange"), Value.of(9));
        bus.set(0x50, 0x10, 1);

        assertEquals(Optional.of(Value.of(9)), read("x/strange"));
        assertEquals(Optional.of(Value.of(1)), read("x/plain"));
    }

    @Test
    void aPartThatGoesTakesTheOthersNothingAndIsSetUpAgain() throws Exception {
        start(new Configured(
                List.of("relays type=pcf8574 address=0x20 outputs=0xff initial=0x05"),
                List.of("x/byte address=0x50 register=0")));
        byte[] kept = bus.parts.remove(0x20);

        assertEquals(Optional.empty(), read("relays/p0"));
        assertEquals(Optional.of(Value.of(0)), read("x/byte"));
        assertEquals("no answer at 0x20 on i2c-7", context.statuses().get(0).detail());
        assertTrue(context.statuses().get(0).connected());

        bus.parts.put(0x20, kept);
        bus.ports.put(0x20, 0xff);
        assertEquals(Optional.empty(), read("relays/p0"), "it is left alone for a while");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertEquals(Optional.of(Value.of(true)), read("relays/p0"));
        assertEquals(Optional.of(Value.of(false)), read("relays/p1"), "it was set up again");
        assertEquals("", context.statuses().get(1).detail());
    }

    @Test
    void aBusWhereNobodyAnswersCannotBeUsed() {
        I2cDriver nobody = Configured.parts("a type=lm75 address=0x48", "b type=lm75 address=0x49")
                .driver(bus);

        DriverException refusal = assertThrows(DriverException.class, () -> nobody.start(context));

        assertEquals(Reason.CONNECTION, refusal.reason());
        assertEquals("no answer at 0x48 on i2c-7; no answer at 0x49 on i2c-7", refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "room type=lm76 address=0x48;it must be one of bme280, ads1115, ina219, pcf8574, lm75, mcp23017",
                "room type=lm75;address is missing",
                "room type=lm75 address=0x78;address=0x78 is not allowed: it must be a whole number from 8 to 119",
                "room type=lm75 address=0x48 gain=2;gain is unknown",
                "adc type=ads1115 address=0x48 range.v=3;range.v=3.0 is not allowed: it must be one of [6.144,",
                "ina type=ina219 address=0x40 shunt.ohm=0;shunt.ohm=0.0 is not allowed: it must be above 0",
                "ina type=ina219 address=0x40 shunt.ohm=0.000001;the part's calibration would be",
                "port type=pcf8574 address=0x20 outputs=0x100;outputs=0x100 is not allowed",
                "ROOM type=lm75 address=0x48;ROOM"
            })
    void saysWhatIsWrongWithAPart(String line, String message) {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> Configured.parts(line).driver(bus));

        assertTrue(refusal.getMessage().contains(message), refusal::getMessage);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "speed address=0x50 register=1;the name is DEVICE/POINT, for example fan/speed",
                "x/y address=0x50;register is missing",
                "x/y address=0x50 register=256;register=256 is not allowed",
                "x/y address=0x50 register=1 width=9;width=9 is not allowed",
                "x/y address=0x50 register=1 width=2 float=true;float=true needs width=4 or width=8",
                "x/y address=0x50 register=1 mask=0x100;mask=0x100 is not allowed",
                "x/y address=0x50 register=1 scale=0;scale=0 is not allowed",
                "x/y address=0x50 register=1 scale=2 type=integer;type=integer is not allowed: it must be decimal",
                "x/y address=0x50 register=1 access=x;access=x is not allowed: it must be one of r, rw, w"
            })
    void saysWhatIsWrongWithARegister(String line, String message) {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> Configured.registers(line).driver(bus));

        assertTrue(refusal.getMessage().contains(message), refusal::getMessage);
    }

    @Test
    void aDeviceHasOneAddress() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Configured.registers("x/a address=0x50 register=1", "x/b address=0x51 register=1")
                        .driver(bus));
        assertThrows(IllegalArgumentException.class, () -> new Configured(List.of(), List.of()).driver(bus));
    }

    @Test
    void isFoundWithAConfigurationThatWorks() throws Exception {
        var found = I2cDiscovery.finding(7, "bcm2835", List.of(0x20, 0x50), "0x48 by lm75");

        assertEquals("i2c-7: bcm2835, answering: 0x20, 0x50, held: 0x48 by lm75", found.toString());
        Properties file = new Properties();
        file.load(new StringReader(String.join("\n", found.lines())));
        start(new Configured(
                List.of(file.getProperty("parts").split(",")),
                List.of(file.getProperty("registers").split(","))));
        assertEquals(2, driver.devices().size());
    }

    @Test
    void lookingForBusesWorksOnAnyMachine() throws Exception {
        for (var found : new I2cDiscovery().find()) {
            assertTrue(found.address().startsWith("i2c-"), found::toString);
        }
    }
}
