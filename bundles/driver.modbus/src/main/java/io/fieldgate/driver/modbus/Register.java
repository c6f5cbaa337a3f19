package io.fieldgate.driver.modbus;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.driver.TableLine;
import java.time.Duration;
import java.util.Map;

/** One point: where it lies, in which form, and what the gateway is told of it. */
final class Register {

    private final PointInfo info;
    private final Unit unit;
    private final Table table;
    private final int address;
    private final Layout layout;
    private final boolean multiple;

    private Register(TableLine line, String driver, Map<String, Unit> units, Duration period) {
        int slash = line.name().indexOf('/');
        String device = slash >= 0
                ? line.name().substring(0, slash)
                : line.text("device")
                        .orElseGet(() ->
                                units.size() == 1 ? units.keySet().iterator().next() : line.required("device"));
        unit = units.get(device);
        if (unit == null) {
            throw line.wrong("device=" + device + " is not allowed: it must be one of units: "
                    + String.join(", ", units.keySet()));
        }
        table = line.choice("function", Table.HOLDING);
        address = (int) line.integer("address", 0, 65_535);
        layout = Layout.of(line, table);
        if (address + layout.words() > 65_536) {
            throw line.wrong("address=" + address + " is not allowed: the value would end beyond address 65535");
        }
        boolean writable = line.truth("writable", false);
        if (writable && !table.writable()) {
            throw line.wrong("writable=true is not allowed: discrete inputs and input registers can be read only");
        }
        multiple = line.truth("write-multiple", false);
        PointInfo.Builder builder = line.describe(point(line, driver, device, slash), layout.valueType());
        if (!line.has("period.ms")) {
            builder.pollPeriod(period);
        }
        line.end();
        info = builder.access(writable ? Access.READ_WRITE : Access.READ).build();
    }

    private static PointId point(TableLine line, String driver, String device, int slash) {
        try {
            return new PointId(new DeviceId(driver, device), line.name().substring(slash + 1));
        } catch (IllegalArgumentException e) {
            throw line.wrong("the name is that of a point, or device/point: " + e.getMessage());
        }
    }

    static Register of(TableLine line, String driver, Map<String, Unit> units, Duration period) {
        return new Register(line, driver, units, period);
    }

    PointInfo info() {
        return info;
    }

    PointId id() {
        return info.id();
    }

    Unit unit() {
        return unit;
    }

    Table table() {
        return table;
    }

    int address() {
        return address;
    }

    /** The first address behind it. */
    int end() {
        return address + layout.words();
    }

    Layout layout() {
        return layout;
    }

    /** Whether it is written with the function for several registers, even if it is one. */
    boolean multiple() {
        return multiple;
    }
}
