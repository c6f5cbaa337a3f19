package io.fieldgate.driver.sim;

import io.fieldgate.api.data.DeviceId;
import java.util.ArrayList;
import java.util.List;

/**
 * Many points of one kind, for measuring what a gateway bears. Each says the same waveform a little later than the one before;
 * what it says depends on the time alone.
 */
final class Load implements Model {

    private static final int STREAM = 0;

    private final LoadSettings settings;
    private final Dice dice;
    private final PointTable points;
    private long nowMillis;

    Load(LoadSettings settings, long nowMillis) {
        this.settings = settings;
        this.dice = settings.basics().dice();
        this.nowMillis = nowMillis;
        List<DevicePlan> plans = new ArrayList<>();
        for (int device = 0; device < settings.devices(); device++) {
            plans.add(plan(device));
        }
        points = new PointTable(plans);
    }

    /** The points are dealt out evenly: the first devices have one more if need be. */
    private DevicePlan plan(int device) {
        Basics basics = settings.basics();
        DeviceId id = new DeviceId(basics.device().driver(), basics.device().name() + '-' + (device + 1));
        DevicePlan plan = settings.push()
                ? DevicePlan.pushed(id, "Simulated load")
                : DevicePlan.polled(id, "Simulated load", basics.periodMillis());
        int number = 1;
        for (int point = device; point < settings.points(); point += settings.devices()) {
            int phase = point;
            plan.sensor("p" + number++, "1", -1, 1, settings.waveform().id(), () -> value(phase));
        }
        return plan;
    }

    @Override
    public PointTable points() {
        return points;
    }

    @Override
    public void advanceTo(long now) {
        nowMillis = now;
    }

    private double value(int point) {
        double turns = nowMillis / 1000.0 / settings.waveSeconds() + (double) point / settings.points();
        // Nothing else needs the roll, which costs more than all the rest.
        double roll = settings.waveform() == Waveform.NOISE ? dice.roll(STREAM + point, nowMillis) : 0;
        return settings.waveform().at(turns, roll);
    }
}
