package io.fieldgate.driver.sim;

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

    /** Makes one of this kind, with some values and else the defaults; a load is of noise unless told otherwise. */
    SimulatedDriver make(Map<String, Object> values, Clock clock) {
        return switch (this) {
            case TANK -> new TankDriver(Configs.of(TankDriver.Config.class, values), clock);
            case ROOM -> new RoomDriver(Configs.of(RoomDriver.Config.class, values), clock);
            case METER -> new MeterDriver(Configs.of(MeterDriver.Config.class, values), clock);
            case MACHINE -> new MachineDriver(Configs.of(MachineDriver.Config.class, values), clock);
            case LOAD -> new LoadDriver(Configs.of(LoadDriver.Config.class, noisy(values)), clock);
        };
    }

    /** The other waveforms have no chance in them. */
    private static Map<String, Object> noisy(Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(Map.of("waveform", "noise"));
        all.putAll(values);
        return all;
    }
}
