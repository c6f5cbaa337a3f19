package io.fieldgate.driver.gpio;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.driver.TableLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A checked configuration. */
record GpioSettings(DeviceId device, String chip, List<LineSettings> lines) {

    static GpioSettings of(GpioDriver.Config config) {
        return of(config.fieldgate_driver_id(), config.device(), config.chip(), config.lines());
    }

    static GpioSettings of(String driver, String device, String chip, String... lines) {
        if (driver == null) {
            throw new IllegalArgumentException("fieldgate.driver.id is missing; give one, for example gpio");
        }
        DeviceId id;
        try {
            id = new DeviceId(driver, device);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "fieldgate.driver.id=" + driver + " and device=" + device + " make no id: " + e.getMessage(), e);
        }
        List<LineSettings> read = new ArrayList<>();
        Map<Object, String> seen = new HashMap<>();
        for (TableLine line : TableLine.table("lines", lines == null ? new String[0] : lines)) {
            LineSettings settings = new LineSettings(id, line);
            if (chip.isEmpty() && settings.number() >= 0) {
                throw line.wrong("line=" + settings.where
                        + " is a number, which needs the chip: set chip to its label or name, or give the line's name");
            }
            once(seen, "line " + settings.where, line);
            settings.points().forEach(point -> once(seen, "point " + point.id().name(), line));
            read.add(settings);
        }
        if (read.isEmpty()) {
            throw new IllegalArgumentException(
                    "lines is empty; give at least one, for example: door line=3 direction=in");
        }
        return new GpioSettings(id, chip, List.copyOf(read));
    }

    private static void once(Map<Object, String> seen, String what, TableLine line) {
        String other = seen.put(what, line.name());
        if (other != null) {
            throw line.wrong(what + " is there already, by the line \"" + other + '"');
        }
    }
}
