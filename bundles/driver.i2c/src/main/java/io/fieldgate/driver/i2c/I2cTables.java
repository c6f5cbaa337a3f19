package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.driver.TableLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Reads the tables of parts and of registers. */
final class I2cTables {

    /** The lines of both tables, as a configuration has them. */
    static final class Texts {
        private final String[] parts;
        private final String[] registers;

        Texts(String[] parts, String... registers) {
            this.parts = parts.clone();
            this.registers = registers.clone();
        }
    }

    private static final int FIRST_ADDRESS = 0x03;
    private static final int LAST_ADDRESS = 0x77;

    private final String driver;
    private final Pause pause;
    private final LongSupplier nanos;
    private final Map<String, Station> stations = new LinkedHashMap<>();

    private I2cTables(String driver, Pause pause, LongSupplier nanos) {
        this.driver = driver;
        this.pause = pause;
        this.nanos = nanos;
    }

    /**
     * Makes what the tables say.
     *
     * @throws IllegalArgumentException if a line is not possible; the message names table, line, key and what is allowed
     */
    static List<Station> read(String driver, Texts texts, Pause pause, LongSupplier nanos) {
        I2cTables tables = new I2cTables(driver, pause, nanos);
        for (TableLine line : TableLine.table("parts", texts.parts)) {
            tables.part(line);
        }
        tables.registers(texts.registers);
        if (tables.stations.isEmpty()) {
            throw new IllegalArgumentException("parts and registers are both empty: at least one must have a line");
        }
        return List.copyOf(tables.stations.values());
    }

    private void part(TableLine line) {
        PartType type = line.choice("type", PartType.class);
        int address = type.address(line);
        DeviceId id = device(line, line.name());
        Part part = type.of(line, pause);
        line.end();
        stations.put(line.name(), new Station(id, address, part, nanos));
    }

    private DeviceId device(TableLine line, String name) {
        try {
            return new DeviceId(driver, name);
        } catch (IllegalArgumentException e) {
            throw line.wrong(e.getMessage());
        }
    }

    private void registers(String... texts) {
        Map<String, RegisterMap> maps = new LinkedHashMap<>();
        Map<String, Integer> addresses = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (String text : texts) {
            if (text.isBlank()) {
                continue;
            }
            TableLine line = TableLine.of("registers", text);
            String device = line.required("device");
            int address = (int) line.integer("address", FIRST_ADDRESS, LAST_ADDRESS);
            if (stations.containsKey(device)) {
                throw line.wrong("device=" + device + " is not allowed: the table of parts has that name");
            }
            if (addresses.computeIfAbsent(device, any -> address) != address) {
                throw line.wrong("device=" + device + " has another address in a line before");
            }
            if (names.contains(device + '/' + line.name())) {
                throw line.wrong("the name is there twice in device=" + device);
            }
            names.add(device + '/' + line.name());
            DeviceId id = device(line, device);
            maps.computeIfAbsent(device, any -> new RegisterMap()).add(register(line, id));
        }
        maps.forEach((device, map) ->
                stations.put(device, new Station(new DeviceId(driver, device), addresses.get(device), map, nanos)));
    }

    private static Register register(TableLine line, DeviceId device) {
        try {
            return Register.of(line, device);
        } catch (IllegalArgumentException e) {
            throw e.getMessage().startsWith("registers, ") ? e : line.wrong(e.getMessage());
        }
    }
}
