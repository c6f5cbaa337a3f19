package io.fieldgate.driver.linux;

import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.DriverException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The buffer of one converter, switched on as it is wanted, and put back as it was (Documentation/iio/iio_devbuf.rst). Not for use by
 * several threads, but for {@link #close}, which is not needed twice.
 */
final class ScanBuffer {

    private static final String ENABLED = "_en";
    private static final String TIMESTAMP = "timestamp";

    private final Path root;
    private final SamplingSettings settings;
    private final Path folder;
    private final Map<Path, String> before = new LinkedHashMap<>();
    private final ScanFormat format = new ScanFormat();
    private Path madeTrigger;
    private FileChannel channel;

    private ScanBuffer(Path root, SamplingSettings settings, Path folder) {
        this.root = root;
        this.settings = settings;
        this.folder = folder;
    }

    /**
     * Switches the buffer on.
     *
     * @param root the folder that has {@code sys} and {@code dev}
     * @throws DriverException if the converter is not there, or cannot do it; everything is as it was then
     */
    static ScanBuffer open(Path root, SamplingSettings settings) throws DriverException {
        ScanBuffer buffer = new ScanBuffer(root, settings, find(root, settings.converter()));
        try {
            buffer.switchOn();
            return buffer;
        } catch (IOException | IllegalArgumentException e) {
            buffer.close();
            throw new DriverException(
                    e instanceof IOException ? Reason.CONNECTION : Reason.CONFIGURATION,
                    settings.converter() + " cannot be sampled: " + e.getMessage(),
                    e);
        } catch (DriverException e) {
            buffer.close();
            throw e;
        }
    }

    private static Path find(Path root, String converter) throws DriverException {
        Path devices = root.resolve(ConverterGroup.FOLDER.substring(1));
        List<String> there = new ArrayList<>();
        if (Files.isDirectory(devices)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(devices, "iio:device*")) {
                for (Path device : found) {
                    String name = Files.exists(device.resolve("name")) ? text(device.resolve("name")) : "";
                    if (converter.equals(name)
                            || device.getFileName().toString().equals(converter)) {
                        return device;
                    }
                    there.add(device.getFileName() + " (" + name + ')');
                }
            } catch (IOException e) {
                throw new DriverException(Reason.CONNECTION, "converters cannot be listed: " + e, e);
            }
        }
        throw new DriverException(Reason.CONNECTION, "there is no converter " + converter + "; there are " + there);
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    private void switchOn() throws IOException, DriverException {
        Path elements = folder.resolve("scan_elements");
        if (!Files.isDirectory(elements) || !Files.exists(folder.resolve("buffer/enable"))) {
            throw new DriverException(
                    Reason.CONFIGURATION, settings.converter() + " has no buffer: it can only be read one by one");
        }
        if (text(folder.resolve("buffer/enable")).equals("1")) {
            throw new DriverException(
                    Reason.CONNECTION, "the buffer of " + settings.converter() + " is in use by another program");
        }
        choose(elements);
        trigger();
        set(folder.resolve("buffer/length"), Integer.toString(settings.length()));
        set(folder.resolve("buffer/enable"), "1");
        channel = FileChannel.open(
                root.resolve("dev").resolve(folder.getFileName().toString()), StandardOpenOption.READ);
    }

    private void choose(Path elements) throws IOException, DriverException {
        List<String> missing = new ArrayList<>(settings.channels());
        List<Path> switches = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(elements, "in_*" + ENABLED)) {
            found.forEach(switches::add);
        }
        for (Path enable : switches) {
            String file = enable.getFileName().toString();
            String prefix = file.substring(0, file.length() - ENABLED.length());
            String name = prefix.substring("in_".length());
            boolean wanted = missing.remove(name) || name.equals(TIMESTAMP);
            set(enable, wanted ? "1" : "0");
            if (wanted) {
                format.add(
                        name,
                        Integer.parseInt(text(elements.resolve(prefix + "_index"))),
                        text(elements.resolve(prefix + "_type")));
            }
        }
        if (!missing.isEmpty()) {
            throw new DriverException(
                    Reason.CONFIGURATION,
                    settings.converter() + " cannot sample " + missing + ": there is no such channel");
        }
    }

    /** Sets the trigger, makes one by a timer if that is wanted, and sets its rate. */
    private void trigger() throws IOException, DriverException {
        if (settings.trigger().isEmpty()) {
            return;
        }
        String name = settings.trigger();
        if (name.equals(SamplingSettings.TIMER)) {
            name = "fieldgate-" + settings.device().driver();
            Path made = root.resolve("sys/kernel/config/iio/triggers/hrtimer").resolve(name);
            if (!Files.isDirectory(made)) {
                Files.createDirectory(made);
            }
            madeTrigger = made;
        }
        set(folder.resolve("trigger/current_trigger"), name);
        if (settings.hertz() > 0) {
            set(frequency(name), Integer.toString(settings.hertz()));
        }
    }

    private Path frequency(String trigger) throws IOException, DriverException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.getParent(), "trigger*")) {
            for (Path one : found) {
                if (text(one.resolve("name")).equals(trigger)) {
                    return one.resolve("sampling_frequency");
                }
            }
        }
        throw new DriverException(Reason.CONFIGURATION, "there is no trigger " + trigger);
    }

    /** Sets a file, and remembers what it said the first time. */
    private void set(Path file, String value) throws IOException {
        if (!before.containsKey(file)) {
            before.put(file, text(file));
        }
        Files.write(file, value.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    }

    ScanFormat format() {
        return format;
    }

    /** What scans are read from; a read waits for one. */
    FileChannel channel() {
        return channel;
    }

    /** Makes a value of a channel's raw number. */
    double scaled(String name, long raw) throws IOException {
        return (raw + shared(name, "offset", 0))
                * shared(name, "scale", 1)
                / unit(name).factor();
    }

    ConverterUnit unit(String name) {
        return SamplingSettings.hasScale(folder, name)
                ? ConverterUnit.of(SamplingSettings.kind(name))
                : ConverterUnit.NONE;
    }

    private double shared(String name, String what, double otherwise) throws IOException {
        for (String owner : List.of(name, SamplingSettings.kind(name))) {
            Path file = folder.resolve("in_" + owner + '_' + what);
            if (Files.exists(file)) {
                return Double.parseDouble(text(file));
            }
        }
        return otherwise;
    }

    /** Switches the buffer off and puts back what was set; whoever waits for a scan is thrown out. */
    synchronized void close() {
        if (channel != null) {
            quietly(channel::close);
        }
        List<Path> files = new ArrayList<>(before.keySet());
        // The buffer first: while it is on, nothing else can be set.
        Path enable = folder.resolve("buffer/enable");
        if (files.remove(enable)) {
            quietly(() -> Files.write(enable, List.of("0")));
        }
        for (Path file : files) {
            String value = before.get(file);
            quietly(() -> Files.write(file, List.of(value)));
        }
        if (madeTrigger != null) {
            quietly(() -> Files.delete(madeTrigger));
        }
        before.clear();
    }

    /** A step of the way back. */
    private interface Step {

        void take() throws IOException;
    }

    private static void quietly(Step step) {
        try {
            step.take();
        } catch (IOException e) {
            // The converter has gone, and what was set with it.
            return;
        }
    }
}
