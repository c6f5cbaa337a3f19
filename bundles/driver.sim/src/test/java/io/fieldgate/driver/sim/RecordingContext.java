package io.fieldgate.driver.sim;

import io.fieldgate.api.data.Reading;
import io.fieldgate.api.gateway.DriverContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a driver says. */
final class RecordingContext implements DriverContext {

    final List<Reading> published = new CopyOnWriteArrayList<>();
    final List<String> statuses = new CopyOnWriteArrayList<>();

    @Override
    public void publish(List<Reading> readings) {
        published.addAll(List.copyOf(readings));
    }

    @Override
    public void devicesChanged() {
        throw new AssertionError("simulated devices do not change");
    }

    @Override
    public void status(boolean connected, String detail) {
        statuses.add((connected ? "connected" : "disconnected") + (detail.isEmpty() ? "" : ": " + detail));
    }
}
