package io.fieldgate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeDriverContextTest {

    private static final Reading ONE = Reading.good(PointId.of("pump/one/flow"), Value.of(1.0));
    private static final Reading TWO = Reading.good(PointId.of("pump/one/flow"), Value.of(2.0));

    private final FakeDriverContext context = new FakeDriverContext();

    @Test
    void keepsWhatADriverSays() {
        context.publish(List.of(ONE, TWO));
        context.publish(List.of(ONE));
        context.devicesChanged();
        context.status(false, "unplugged");

        assertEquals(List.of(ONE, TWO, ONE), context.readings());
        assertEquals(List.of(List.of(ONE, TWO), List.of(ONE)), context.batches());
        assertEquals(1, context.changes());
        assertEquals(List.of(new FakeDriverContext.Status(false, "unplugged")), context.statuses());
        assertEquals(List.of(), context.late());
    }

    @Test
    void onlyComplainsOfWhatComesAfterTheStop() {
        context.stop();

        context.publish(List.of(ONE));
        context.devicesChanged();
        context.status(true, "back");

        assertEquals(List.of(), context.readings());
        assertEquals(0, context.changes());
        assertEquals(List.of(), context.statuses());
        assertEquals(List.of("publish [pump/one/flow=1.0 good]", "devicesChanged", "status true back"), context.late());
    }
}
