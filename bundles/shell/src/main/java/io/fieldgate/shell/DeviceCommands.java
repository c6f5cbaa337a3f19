package io.fieldgate.shell;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.gateway.DriverInfo;
import io.fieldgate.api.gateway.Points;
import java.util.List;
import java.util.Locale;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shell command {@code fg:devices}. */
@Component(service = DeviceCommands.class)
@GogoCommand(scope = "fg", function = "devices")
public final class DeviceCommands {

    private static final String DEVICES = """
            fg:devices [FILTER]
            Lists the drivers with their state and why it is so, then their devices
            with the number of points, and how many of them are bad. A driver that
            hangs or has lost its hardware goes on by itself when it can; fg:log -g
            with its id tells what happened.
              FILTER  which devices: driver or driver/device, * for any; none for all""";

    private final Slot<Points> points = new Slot<>("io.fieldgate.core");

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindPoints(Points service) {
        points.set(service);
    }

    void unbindPoints(Points service) {
        points.clear(service);
    }

    /**
     * Lists drivers and devices.
     *
     * @param session who asks
     * @param arguments maybe a filter
     * @return two tables
     * @throws Exception if the arguments are wrong, or the core is not there
     */
    @Descriptor("list the drivers, how they are and why, and their devices")
    public String devices(CommandSession session, @Descriptor(DEVICES) String... arguments) throws Exception {
        Screen screen = Screen.of(session);
        return Usage.of(DEVICES).answer(arguments, given -> {
            String wanted = given.operands().stream().findFirst().orElse("*");
            DeviceFilter filter = DeviceFilter.of(wanted);
            Points service = points.orFail();
            if (!given.operands().isEmpty()
                    && service.drivers().stream().noneMatch(driver -> filter.matchesDriver(driver.id()))) {
                throw new IllegalArgumentException(
                        "no driver matches " + wanted + " now; fg:devices lists those that are there");
            }
            return screen.fit(drivers(service, filter)) + "\n\n" + screen.fit(devices(service, filter));
        });
    }

    private static Table drivers(Points service, DeviceFilter filter) {
        Table table = Table.ofSentences("DRIVER", "STATE", "POINTS", "BUNDLE", "DETAIL")
                .naming(0);
        for (DriverInfo driver : service.drivers()) {
            if (filter.matchesDriver(driver.id())) {
                table.row(
                        driver.id(),
                        driver.state().name().toLowerCase(Locale.ROOT),
                        driver.points(),
                        driver.bundle(),
                        driver.detail());
            }
        }
        return table;
    }

    private static Table devices(Points service, DeviceFilter filter) {
        Table table =
                Table.ofSentences("DEVICE", "POINTS", "BAD", "DESCRIPTION").naming(0);
        for (DeviceInfo device : service.devices()) {
            if (filter.matches(device.id())) {
                List<Sample> samples = service.latest(List.of(PointFilter.of(device.id() + "/*")), 0);
                long bad = samples.stream()
                        .filter(sample -> sample.quality().level() == Quality.Level.BAD)
                        .count();
                table.row(device.id(), device.points().size(), bad, device.description());
            }
        }
        return table;
    }
}
