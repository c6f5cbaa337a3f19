package io.fieldgate.driver.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.testkit.FakeDriverContext;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class I2cDriverTest {

    private static final int ENXIO = 6;
    private static final int EBUSY = 16;
    private static final int ENODEV = 19;
    private static final int EOPNOTSUPP = 95;
    private static final int ETIMEDOUT = 110;

    private final Bench bench = new Bench();
    private final FakePart box = FakePart.ofWords().with(0, 0x1900);

    private void start() throws DriverException {
        bench.bus.with(0x48, box).with(0x49, FakePart.ofWords().with(0, 0x2000));
        bench.parts("box type=lm75 address=0x48", "hall type=lm75 address=0x49");
    }

    private String detail() {
        List<FakeDriverContext.Status> said = bench.context.statuses();
        return said.get(said.size() - 1).detail();
    }

    @Test
    void onePartThatIsSilentHarmsNoOther() throws Exception {
        start();
        bench.bus.errors.put(0x48, ENXIO);

        List<Reading> readings =
                bench.driver().read(List.of(PointId.of("board/box/temperature"), PointId.of("board/hall/temperature")));

        assertEquals(Quality.bad(Quality.Code.DISCONNECTED), readings.get(0).quality());
        assertEquals(Value.of(32.0), readings.get(1).value().orElseThrow());
        assertEquals("box: no answer at 0x48 on i2c-7", detail());
    }

    @Test
    void aPartThatComesBackIsMadeReadyAnew() throws Exception {
        bench.bus.with(0x40, FakePart.ofWords());
        bench.parts("supply type=ina219 address=0x40");
        bench.bus.parts.remove(0x40);
        assertEquals(Quality.Level.BAD, bench.read("supply/voltage").quality().level());
        FakePart other = FakePart.ofWords();
        bench.bus.with(0x40, other);
        assertEquals(Quality.Level.BAD, bench.read("supply/voltage").quality().level(), "not before its pause is over");
        bench.later(2);

        assertEquals(Quality.GOOD, bench.read("supply/voltage").quality());
        assertEquals(0x399f, other.registers[0]);
        assertEquals("", detail());
    }

    @Test
    void aPartThatIsNotThereAtTheStartKeepsNothingFromStarting() throws Exception {
        bench.bus.errors.put(0x48, ENXIO);
        start();

        assertEquals("box: no answer at 0x48 on i2c-7", detail());
        assertEquals(32.0, bench.number("hall/temperature"));
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        start();
        Object[][] wrong = {
            {EBUSY, Quality.Code.CONFIGURATION, "box: busy: the kernel holds 0x48 on i2c-7"},
            {EOPNOTSUPP, Quality.Code.CONFIGURATION, "box: i2c-7 cannot do this kind of transfer, at 0x48 on i2c-7"},
            {ETIMEDOUT, Quality.Code.TIMEOUT, "box: the bus hangs at 0x48 on i2c-7: is a line held low?"},
            {5, Quality.Code.DEVICE_FAILURE, "box: transfer failed at 0x48 on i2c-7"}
        };
        for (Object[] one : wrong) {
            bench.bus.errors.put(0x48, (Integer) one[0]);
            bench.later(20);

            assertEquals(one[1], bench.read("box/temperature").quality().code());
            assertEquals(one[2], detail());
        }
    }

    @Test
    void aWriteToAPartThatIsSilentFailsWithTheReason() throws Exception {
        start();
        bench.bus.errors.put(0x48, ENXIO);

        DriverException e = assertThrows(DriverException.class, () -> bench.write("box/hysteresis", Value.of(20.0)));
        assertEquals(DriverException.Reason.CONNECTION, e.reason());
        assertEquals("no answer at 0x48 on i2c-7", e.getMessage());

        bench.bus.errors.clear();
        assertEquals(
                Value.of(20.0), bench.write("box/hysteresis", Value.of(20.0)), "a write does not wait for the pause");
    }

    @Test
    void aBusThatGoesIsOpenedAgain() throws Exception {
        start();
        bench.bus.errors.put(0x48, ENODEV);

        DriverException e = assertThrows(DriverException.class, () -> bench.read("box/temperature"));
        assertEquals(DriverException.Reason.CONNECTION, e.reason());
        assertTrue(bench.bus.closed);

        bench.bus.errors.clear();
        bench.later(2);
        assertEquals(25.0, bench.number("box/temperature"));
    }

    /** Each time-out of the kernel takes about 1 s: a lane gives up after 10 s. */
    @Test
    void aBatchGivesUpBeforeTheLaneDoes() throws Exception {
        String[] lines = new String[8];
        PointId[] points = new PointId[8];
        for (int i = 0; i < 8; i++) {
            lines[i] = "t" + i + " type=lm75 address=0x" + Integer.toHexString(0x48 + i);
            points[i] = PointId.of("board/t" + i + "/temperature");
            bench.bus.with(0x48 + i, FakePart.ofWords());
        }
        bench.parts(lines);
        bench.bus.eachCall = () -> bench.later(2);

        List<Reading> readings = bench.driver().read(List.of(points));

        assertEquals(
                3,
                readings.stream()
                        .filter(reading -> reading.quality().equals(Quality.GOOD))
                        .count());
        assertEquals(Quality.bad(Quality.Code.TIMEOUT), readings.get(7).quality());
    }

    @Test
    void aBusThatHangsDoesNotHoldUpTheStop() throws Exception {
        start();
        CountDownLatch released = new CountDownLatch(1);
        bench.bus.hang = released;
        Thread lane = new Thread(() -> {
            try {
                bench.read("box/temperature");
            } catch (DriverException e) {
                // It hangs until the end of the test.
            }
        });
        lane.start();
        assertTrue(bench.bus.hangs.await(10, TimeUnit.SECONDS));

        bench.driver().stop();

        assertTrue(bench.bus.closed);
        released.countDown();
        lane.join(10_000);
    }

    @Test
    void namesWhatIsWrongInATable() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> bench.parts("box type=lm76 address=0x48"));
        assertEquals(
                "parts, line \"box\": type=lm76 is not allowed: it must be one of bme280, ads1115, ina219, pcf8574, lm75, mcp23017",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> bench.parts("box type=lm75 address=0x48 colour=red"));
        assertThrows(IllegalArgumentException.class, () -> bench.parts("box type=lm75 address=0x20"));
    }
}
