package io.fieldgate.driver.sim;

import io.fieldgate.testkit.Configurations;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The kinds of device that there are. */
enum Kind {
    TANK,
    ROOM,
    METER,
    MACHINE,
    LOAD;

    /** Makes one of this kind, with some values and else the defaults; it is called sim, and a load is of noise, unless told otherwise. */
    SimulatedDriver make(Map<String, Object> values, Clock clock) {
        Map<String, Object> all = new HashMap<>(Map.of("fieldgate.driver.id", "sim"));
        if (this == LOAD) {
            // The other waveforms have no chance in them.
            all.put("waveform", "noise");
        }
        all.putAll(values);
        return makeOf(all, clock);
    }

    /** Makes one of this kind, with some values and else what the driver says. */
    SimulatedDriver makeOf(Map<String, Object> values, Clock clock) {
        return switch (this) {
            case TANK -> new TankDriver(Configurations.of(TankDriver.Config.class, values), clock);
            case ROOM -> new RoomDriver(Configurations.of(RoomDriver.Config.class, values), clock);
            case METER -> new MeterDriver(Configurations.of(MeterDriver.Config.class, values), clock);
            case MACHINE -> new MachineDriver(Configurations.of(MachineDriver.Config.class, values), clock);
            case LOAD -> new LoadDriver(Configurations.of(LoadDriver.Config.class, values), clock);
        };
    }
}
