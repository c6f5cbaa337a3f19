package io.fieldgate.driver.sim;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.Value.BooleanValue;
import io.fieldgate.api.data.Value.DecimalValue;
import io.fieldgate.api.data.Value.IntegerValue;
import io.fieldgate.testkit.FakeDriverContext;
import io.fieldgate.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One device with its time, and short ways to ask it. */
final class SimProbe {

    final ManualClock clock = new ManualClock();
    final FakeDriverContext context = new FakeDriverContext();
    final SimulatedDriver driver;
    private final DeviceId device;

    SimProbe(Kind kind, Map<String, Object> values) throws Exception {
        driver = kind.make(values, clock);
        driver.start(context);
        device = driver.devices().get(0).id();
    }

    PointId id(String point) {
        return device.point(point);
    }

    Value value(String point) throws Exception {
        return driver.read(List.of(id(point))).get(0).value().orElseThrow();
    }

    double number(String point) throws Exception {
        return ((DecimalValue) value(point)).value();
    }

    long whole(String point) throws Exception {
        return ((IntegerValue) value(point)).value();
    }

    boolean is(String point) throws Exception {
        return ((BooleanValue) value(point)).value();
    }

    String text(String point) throws Exception {
        return value(point).toString();
    }

    Value write(String point, Value value) throws Exception {
        return driver.write(id(point), value).value().orElseThrow();
    }

    /** Lets time pass, and says what a number was on the way. */
    List<Double> course(String point, Duration whole, Duration step) throws Exception {
        List<Double> course = new ArrayList<>();
        for (Duration past = step; past.compareTo(whole) <= 0; past = past.plus(step)) {
            clock.advance(step);
            course.add(number(point));
        }
        return course;
    }

    /** Lets time pass. */
    void pass(Duration time) {
        clock.advance(time);
    }
}
