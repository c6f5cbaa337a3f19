package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.driver.TableLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** Reads the two tables of a configuration. */
final class Stations {

    private static final String PARTS = "parts";
    private static final String REGISTERS = "registers";
    private static final int LOWEST = 0x08;
    private static final int HIGHEST = 0x77;

    private final String driver;
    private final Duration period;
    private final Bus bus;
    private final LongSupplier nanoClock;
    private final Map<DeviceId, Station> stations = new LinkedHashMap<>();

    Stations(String driver, Duration period, Bus bus, LongSupplier nanoClock) {
        this.driver = driver;
        this.period = period;
        this.bus = bus;
        this.nanoClock = nanoClock;
    }

    List<Station> read(String[] parts, String[] registers) {
        for (TableLine line : TableLine.table(PARTS, parts)) {
            part(line);
        }
        Map<DeviceId, List<Register>> maps = new LinkedHashMap<>();
        Map<DeviceId, Integer> addresses = new LinkedHashMap<>();
        for (TableLine line : TableLine.table(REGISTERS, registers)) {
            register(line, maps, addresses);
        }
        maps.forEach((device, map) -> stations.put(
                device, new Station(device, "registers", addresses.get(device), new RegisterMap(map), bus, nanoClock)));
        if (stations.isEmpty()) {
            throw new IllegalArgumentException(
                    PARTS + " and " + REGISTERS + " are both empty: name a part or a register");
        }
        return List.copyOf(stations.values());
    }

    private void part(TableLine line) {
        DeviceId device = device(line, line.name());
        PartKind kind = line.choice("type", PartKind.class);
        int address = address(line);
        Duration every = Duration.ofMillis(line.integer("period.ms", 10, 86_400_000, period.toMillis()));
        String description = line.text("description", kind.name().toLowerCase(Locale.ROOT));
        Part part = kind.make(new Measured(device, every), line);
        line.end();
        stations.put(device, new Station(device, description, address, part, bus, nanoClock));
    }

    private void register(TableLine line, Map<DeviceId, List<Register>> maps, Map<DeviceId, Integer> addresses) {
        int slash = line.name().indexOf('/');
        if (slash < 1) {
            throw line.wrong("the name is DEVICE/POINT, for example fan/speed");
        }
        DeviceId device = device(line, line.name().substring(0, slash));
        if (stations.containsKey(device)) {
            throw line.wrong(device.name() + " is a part already");
        }
        int address = address(line);
        if (addresses.merge(device, address, (before, now) -> before) != address) {
            throw line.wrong("a device has one address, and another line says that " + device.name() + " has "
                    + String.format("0x%02x", addresses.get(device)));
        }
        Register register = Register.of(device, line.name().substring(slash + 1), line, period);
        line.end();
        maps.computeIfAbsent(device, unknown -> new ArrayList<>()).add(register);
    }

    private DeviceId device(TableLine line, String name) {
        try {
            return new DeviceId(driver, name);
        } catch (IllegalArgumentException e) {
            throw line.wrong(e.getMessage());
        }
    }

    private static int address(TableLine line) {
        return (int) line.integer("address", LOWEST, HIGHEST);
    }
}
