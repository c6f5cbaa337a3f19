package io.fieldgate.driver.linux;

import io.fieldgate.testkit.Configurations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** A converter with a buffer, made of files: two channels and a time, read from a named pipe. */
final class FakeConverter implements AutoCloseable {

    static final String FOLDER = "/sys/bus/iio/devices/iio:device0";

    private final Path root;
    private final FakeMachine files;
    private FileChannel pipe;

    FakeConverter(Path root) throws IOException, InterruptedException {
        this.root = root;
        files = new FakeMachine(root);
        files.write(FOLDER + "/name", "adc")
                .write(FOLDER + "/buffer/enable", "0")
                .write(FOLDER + "/buffer/length", "2");
        files.write(FOLDER + "/in_voltage_scale", "2").write(FOLDER + "/in_voltage1_offset", "-10");
        files.write(FOLDER + "/trigger/current_trigger", "");
        files.write("/sys/bus/iio/devices/trigger0/name", "clock");
        files.write("/sys/bus/iio/devices/trigger0/sampling_frequency", "10");
        element("voltage0", 0, "le:s16/16>>0");
        element("voltage1", 1, "be:u12/16>>4");
        element("accel_x", 2, "le:s8/8>>0");
        element("timestamp", 3, "le:s64/64>>0");
        plug();
    }

    private void element(String channel, int index, String type) {
        files.write(FOLDER + "/scan_elements/in_" + channel + "_en", "0");
        files.write(FOLDER + "/scan_elements/in_" + channel + "_index", "" + index);
        files.write(FOLDER + "/scan_elements/in_" + channel + "_type", type);
    }

    /** Makes the pipe, and keeps it open so that nobody waits for its other end. */
    void plug() throws IOException, InterruptedException {
        Path device = root.resolve("dev/iio:device0");
        Files.createDirectories(device.getParent());
        Files.deleteIfExists(device);
        if (new ProcessBuilder("mkfifo", device.toString()).start().waitFor() != 0) {
            throw new IOException("no named pipe could be made");
        }
        pipe = FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Ends what comes, as when the converter is pulled. */
    void unplug() throws IOException {
        Files.delete(root.resolve("dev/iio:device0"));
        // A second writer, so that the reader sees the end when both have gone.
        pipe.close();
    }

    void scan(int first, int second, long nanos) throws IOException {
        ByteBuffer scan = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        scan.putShort((short) first).order(ByteOrder.BIG_ENDIAN).putShort((short) (second << 4));
        scan.order(ByteOrder.LITTLE_ENDIAN).putLong(8, nanos).clear();
        while (scan.hasRemaining()) {
            pipe.write(scan);
        }
    }

    String file(String path) throws IOException {
        return Files.readString(root.resolve(path.substring(1))).strip();
    }

    FakeMachine files() {
        return files;
    }

    SamplingDriver driver(Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "fieldgate.driver.id", "fast", "converter", "adc", "channels", new String[] {"voltage0", "voltage1"}));
        values.putAll(more);
        return new SamplingDriver(Configurations.of(SamplingDriver.Config.class, values), root, 20);
    }

    @Override
    public void close() throws IOException {
        pipe.close();
    }
}
