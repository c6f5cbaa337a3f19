package io.fieldgate.driver.linux;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** A device that is a folder of sysfs, and points that are files in it: one value in each, a whole number of some small unit. */
final class SysfsDevice {

    private final KernelFiles files;
    private final String folder;
    private final LinuxDevice device;

    SysfsDevice(KernelFiles files, String folder, String name, String description) {
        this.files = files;
        this.folder = folder;
        this.device = new LinuxDevice(name, description);
    }

    private String path(String file) {
        return folder + '/' + file;
    }

    boolean has(String file) {
        return files.exists(path(file));
    }

    boolean isWritable(String file) {
        return Files.isWritable(files.path(path(file)));
    }

    String text(String file) {
        return files.textOf(path(file));
    }

    /** A whole number that stands in a file now; empty if there is none. */
    OptionalLong number(String file) {
        try {
            return OptionalLong.of(files.file(path(file)).fields().number());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Sets a file, as it is to be from then on. */
    void set(String file, String text) throws IOException {
        Files.write(files.path(path(file)), text.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    }

    /** Begins a number that is so many units in one of the file. */
    PointInfo.Builder decimal(String name, String unit, Duration period, String description) {
        return device.point(name, ValueType.DECIMAL, period).unit(unit).description(description);
    }

    PointInfo.Builder integer(String name, Duration period, String description) {
        return device.point(name, ValueType.INTEGER, period).description(description);
    }

    PointInfo.Builder truth(String name, Duration period, String description) {
        return device.point(name, ValueType.BOOLEAN, period)
                .deadband(Deadband.NONE)
                .description(description);
    }

    PointInfo.Builder words(String name, Duration period, String description) {
        return device.point(name, ValueType.TEXT, period)
                .deadband(Deadband.NONE)
                .description(description);
    }

    /** Adds a number of which the file says {@code factor} times as much. */
    void add(PointInfo.Builder point, String file, double factor) {
        KernelFile source = files.file(path(file));
        device.add(point, () -> Value.of(source.fields().number() / factor));
    }

    void addInteger(PointInfo.Builder point, String file) {
        KernelFile source = files.file(path(file));
        device.add(point, () -> Value.of(source.fields().number()));
    }

    /** Adds a truth: the file says 0 or another number. */
    void addTruth(PointInfo.Builder point, String file) {
        KernelFile source = files.file(path(file));
        device.add(point, () -> Value.of(source.fields().number() != 0));
    }

    void addText(PointInfo.Builder point, String file) {
        KernelFile source = files.file(path(file));
        device.add(point, () -> Value.of(source.fields().text()));
    }

    /** Adds a number that can be written if the file can; if not, the log of {@link Machine} says so once. */
    void addSetting(PointInfo.Builder point, String file) {
        if (isWritable(file)) {
            KernelFile source = files.file(path(file));
            device.add(
                    point.access(Access.READ_WRITE),
                    () -> Value.of(source.fields().number()),
                    value -> set(file, value.toString()));
        } else {
            files.noteReadOnly(path(file));
            addInteger(point, file);
        }
    }

    void add(PointInfo.Builder point, Source source) {
        device.add(point, source);
    }

    void add(PointInfo.Builder point, Source source, Sink sink) {
        device.add(point.access(Access.READ_WRITE), source, sink);
    }

    KernelFile file(String name) {
        return files.file(path(name));
    }

    Optional<LinuxDevice> device() {
        return device.sources().isEmpty() ? Optional.empty() : Optional.of(device);
    }
}
