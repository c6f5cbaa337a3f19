package io.fieldgate.driver.serial;

import io.fieldgate.api.driver.Discovery;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.Finding;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Finds serial ports, by what the kernel says of them: none is opened. */
@Component
public final class SerialDiscovery implements Discovery {

    private final Path root;

    /** Made by the framework. */
    @Activate
    public SerialDiscovery() {
        this(Path.of("/"));
    }

    SerialDiscovery(Path root) {
        this.root = root;
    }

    @Override
    public String kind() {
        return "serial";
    }

    @Override
    public List<Finding> find() throws DriverException {
        TreeMap<String, Path> ports = new TreeMap<>();
        Path classes = root.resolve("sys/class/tty");
        if (!Files.isDirectory(classes)) {
            return List.of();
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(classes)) {
            for (Path entry : entries) {
                if (isPort(entry)) {
                    ports.put(entry.getFileName().toString(), entry);
                }
            }
        } catch (IOException e) {
            throw new DriverException(DriverException.Reason.CONNECTION, classes + " cannot be listed", e);
        }
        List<Finding> found = new ArrayList<>();
        for (var port : ports.entrySet()) {
            found.add(finding(port.getKey(), port.getValue()));
        }
        return found;
    }

    /** Consoles have no hardware below them; a port of the board that has no chip has the type 0. */
    private static boolean isPort(Path entry) {
        return Files.exists(entry.resolve("device"))
                && !text(entry.resolve("type")).orElse("1").equals("0");
    }

    private Finding finding(String name, Path entry) {
        Path device = root.resolve("dev").resolve(name);
        String port = stable(device).orElse(device).toString();
        String description = described(entry)
                + PortHolders.of(device).map(who -> ", held by " + who).orElse("");
        return Finding.of(device.toString(), description + (port.equals(device.toString()) ? "" : ", " + port))
                .with(
                        "io.fieldgate.driver.serial-" + name + ".cfg",
                        List.of(
                                "# " + description.replace('\n', ' '),
                                "fieldgate.driver.id="
                                        + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-"),
                                "port=" + port,
                                "baud=9600",
                                "# Each line as it comes; give it the form of yours.",
                                "lines=any pattern=\"(?<text>.*)\"",
                                "points=text type=text"));
    }

    private Optional<Path> stable(Path device) {
        Path folder = root.resolve("dev/serial/by-id");
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> links = Files.list(folder)) {
            Path real = device.toRealPath();
            for (Path link : links.sorted().toList()) {
                if (link.toRealPath().equals(real)) {
                    return Optional.of(link);
                }
            }
        } catch (IOException e) {
            // It has just gone: its own name will do.
        }
        return Optional.empty();
    }

    /** What a USB adapter says of itself is two folders above its interface. */
    private static String described(Path entry) {
        try {
            Path device = entry.resolve("device").toRealPath();
            for (int up = 0; up < 3 && device != null; up++, device = device.getParent()) {
                Optional<String> product = text(device.resolve("product"));
                if (product.isPresent()) {
                    return (text(device.resolve("manufacturer")).orElse("") + ' ' + product.get()).strip();
                }
            }
        } catch (IOException e) {
            // It has just gone.
        }
        return "serial port";
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
