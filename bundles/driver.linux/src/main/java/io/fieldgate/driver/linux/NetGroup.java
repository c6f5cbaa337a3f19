package io.fieldgate.driver.linux;

import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Network interfaces: what goes through them and whether they have a link. */
final class NetGroup implements Group {

    private static final String STATISTICS = "/proc/net/dev";
    private static final String LOOPBACK = "lo";
    private static final int RECEIVED = 0;
    private static final int SENT = 8;

    private final KernelFiles files;
    private final Periods periods;
    private final KernelFile statistics;
    private final Map<String, Rates> rates = new HashMap<>();

    private record Rates(Rate received, Rate sent) {}

    NetGroup(KernelFiles files, Periods periods) {
        this.files = files;
        this.periods = periods;
        this.statistics = files.file(STATISTICS);
    }

    @Override
    public List<LinuxDevice> scan() {
        List<String> interfaces = interfaces();
        rates.keySet().retainAll(interfaces);
        Names names = new Names("net-");
        List<LinuxDevice> devices = new ArrayList<>();
        for (String name : interfaces) {
            devices.add(device(name, names.of(name)));
        }
        return devices;
    }

    /** All that the kernel lists; the loopback only where there is nothing else. */
    private List<String> interfaces() {
        if (!files.isThere(STATISTICS)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try {
            Fields fields = statistics.fields();
            // Two lines of headings come first.
            fields.nextLine();
            while (fields.nextLine()) {
                String name = fields.word();
                if (!name.isEmpty()) {
                    names.add(name);
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        if (names.size() > 1) {
            names.remove(LOOPBACK);
        }
        return names.stream().distinct().limit(MOST).toList();
    }

    private LinuxDevice device(String name, String id) {
        Rates of = rates.computeIfAbsent(name, key -> new Rates(new Rate(), new Rate()));
        LinuxDevice device = new LinuxDevice(id, "Network interface " + name);
        add(device, "rx-rate", "Bytes received per second", name, RECEIVED, of.received());
        add(device, "tx-rate", "Bytes sent per second", name, SENT, of.sent());
        String state = "/sys/class/net/" + name + "/operstate";
        if (files.isThere(state)) {
            KernelFile file = files.file(state);
            device.add(
                    device.point("link", ValueType.BOOLEAN, periods.normal()).description("Whether it can carry data"),
                    () -> Value.of(isUp(file)));
        }
        return device;
    }

    private void add(LinuxDevice device, String point, String description, String name, int column, Rate rate) {
        device.add(
                device.point(point, ValueType.DECIMAL, periods.normal())
                        .unit("By/s")
                        .deadband(Deadband.absolute(1))
                        .description(description),
                () -> Value.of(rate.update(bytes(name, column), files.batch().nanos())));
    }

    private long bytes(String name, int column) throws IOException {
        Fields fields = statistics.fields();
        if (!fields.find(0, name)) {
            throw UnreadableException.gone("interface " + name);
        }
        return fields.skip(column).number();
    }

    /** The states of RFC 2863, 3.1.14. Drivers that know nothing of a link say unknown, and are up. */
    private static boolean isUp(KernelFile file) throws IOException {
        String state = file.fields().word();
        return switch (state) {
            case "up", "unknown" -> true;
            case "down", "lowerlayerdown", "dormant", "testing", "notpresent" -> false;
            default -> throw UnreadableException.notAValue("\"" + state + "\" is no state of a link");
        };
    }
}
