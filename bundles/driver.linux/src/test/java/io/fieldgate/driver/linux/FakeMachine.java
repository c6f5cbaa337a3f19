package io.fieldgate.driver.linux;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.DriverContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/** A machine made of files in a folder, with a driver on it and a clock that goes when it is told to. */
final class FakeMachine implements DriverContext {

    final Path root;
    int changes;
    SpaceProbe.Space space = new SpaceProbe.Space(1000, 400, 300);
    private long nanos = Long.MAX_VALUE - 5_000_000_000L;
    private LinuxDriver driver;

    /** The clock runs over after 5 s, as that of the JVM may. */
    FakeMachine(Path root) {
        this.root = root;
    }

    FakeMachine write(String path, String... lines) {
        Path file = root.resolve(path.substring(1));
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, String.join("\n", lines) + '\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    void delete(String path) {
        try {
            Files.walkFileTree(root.resolve(path.substring(1)), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FakeMachine start() {
        LinuxSettings settings =
                new LinuxSettings(root, new Periods(Duration.ofSeconds(1)), new HashSet<>(LinuxSettings.ALL_GROUPS));
        driver = new LinuxDriver(settings, this::spaceAt, () -> nanos);
        try {
            driver.start(this);
        } catch (DriverException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    private SpaceProbe.Space spaceAt(Path folder) throws IOException {
        if (space == null) {
            throw new NoSuchFileException(folder.toString());
        }
        return space;
    }

    void advance(Duration time) {
        nanos += time.toNanos();
    }

    void advanceSeconds(long seconds) {
        advance(Duration.ofSeconds(seconds));
    }

    LinuxDriver driver() {
        return driver;
    }

    Reading read(String point) {
        return driver.read(List.of(PointId.of(point))).get(0);
    }

    /** The value of a point that must be good. */
    Value value(String point) {
        Reading reading = read(point);
        if (!reading.quality().equals(Quality.GOOD)) {
            throw new AssertionError(reading.toString());
        }
        return reading.value().orElseThrow();
    }

    double decimal(String point) {
        return ((Value.DecimalValue) value(point)).value();
    }

    Quality.Code code(String point) {
        return read(point).quality().code();
    }

    List<String> devices() {
        return driver.devices().stream().map(device -> device.id().toString()).toList();
    }

    /** The points of a device as {@code name (type in unit, access)}. */
    List<String> points(String device) {
        return driver.devices().stream()
                .filter(info -> info.id().toString().equals(device))
                .map(DeviceInfo::points)
                .flatMap(List::stream)
                .map(PointInfo::toString)
                .map(text -> text.substring(device.length() + 1))
                .toList();
    }

    @Override
    public void publish(List<Reading> readings) {
        throw new AssertionError("this driver is polled");
    }

    @Override
    public void devicesChanged() {
        changes++;
    }

    @Override
    public void status(boolean connected, String detail) {
        throw new AssertionError("a machine is always connected to itself");
    }
}
