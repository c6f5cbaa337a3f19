package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.testkit.FakeDriverContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A driver on a fake bus, with a clock that goes by hand. */
final class Bench {

    final FakeBus bus = new FakeBus();
    final AtomicLong nanos = new AtomicLong();
    final List<Long> pauses = new ArrayList<>();
    final FakeDriverContext context = new FakeDriverContext();
    private I2cDriver driver;

    I2cDriver driver(I2cTables.Texts tables) {
        driver = new I2cDriver(
                "board",
                tables,
                () -> {
                    bus.closed = false;
                    return bus;
                },
                pauses::add,
                nanos::get);
        return driver;
    }

    Bench parts(String... lines) throws DriverException {
        driver(new I2cTables.Texts(lines)).start(context);
        return this;
    }

    Bench registers(String... lines) throws DriverException {
        driver(new I2cTables.Texts(new String[0], lines)).start(context);
        return this;
    }

    I2cDriver driver() {
        return driver;
    }

    Reading read(String point) throws DriverException {
        return driver.read(List.of(PointId.of("board/" + point))).get(0);
    }

    Value value(String point) throws DriverException {
        Reading reading = read(point);
        return reading.value().orElseThrow(() -> new AssertionError(reading.toString()));
    }

    double number(String point) throws DriverException {
        return ((Value.DecimalValue) value(point)).value();
    }

    Value write(String point, Value value) throws DriverException {
        return driver.write(PointId.of("board/" + point), value).value().orElseThrow();
    }

    void later(int seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
