package io.fieldgate.driver.linux;

import io.fieldgate.api.driver.Discovery;
import io.fieldgate.api.driver.Finding;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Finds what is on the 1-Wire buses. Nothing is measured, and nothing is to be configured: thermometers are points by themselves. */
@Component
public final class ThermometerDiscovery implements Discovery {

    private final KernelFiles files;

    /** Looks on this machine. */
    @Activate
    public ThermometerDiscovery() {
        this(Path.of("/"));
    }

    ThermometerDiscovery(Path root) {
        files = new KernelFiles(root, new Batch(System::nanoTime));
    }

    @Override
    public String kind() {
        return "1-wire";
    }

    @Override
    public synchronized List<Finding> find() {
        return files.names(OneWireGroup.FOLDER, "").stream()
                .filter(device -> !device.startsWith("w1_bus_master"))
                .map(device -> Finding.of(
                        device,
                        OneWireGroup.THERMOMETER.matcher(device).matches()
                                ? "thermometer, read as linux/w1-" + device + "/temperature"
                                : "no thermometer, and not read"))
                .toList();
    }
}
