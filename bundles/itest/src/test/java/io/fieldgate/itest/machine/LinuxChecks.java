package io.fieldgate.itest.machine;

import io.fieldgate.itest.LiveProbe;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel shows in sysfs: a sensor, a converter, a lamp and a battery. */
final class LinuxChecks {

    private static final Pattern VALUE = Pattern.compile("\"value\":([-0-9.eE]+)");

    private static final int RATE_HZ = 100;
    private static final int SCANS = 300;

    /** Where the kernel has the charge of its test battery, in percent. */
    private static final Path BATTERY = Path.of("/sys/module/test_power/parameters/battery_capacity");

    /** Length of the name in what makes a LED (linux/uleds.h), and of all. */
    private static final int LED_NAME = 64;

    private static final int LED = LED_NAME + Integer.BYTES;

    private final GuestGateway gateway;

    LinuxChecks(GuestGateway gateway) {
        this.gateway = gateway;
    }

    /** The kernel's driver of the LM75 has it, and the gateway asks that. A register is a word, low byte first; 0x8019 is 25.5 °C. */
    String hwmon() throws IOException, InterruptedException {
        try (LiveProbe client = gateway.live()) {
            client.ask("subscribe", "\"filters\":[\"linux/hwmon-lm75/temp1\"],\"mode\":\"latest\"");
            client.awaitText("\"value\":25[,.}]", Guest.PATIENCE);
            Guest.run("i2cset", "-y", "-f", Guest.variable("I2C_BUS"), "0x48", "0x00", "0x8019", "w");
            client.awaitText("\"value\":25\\.5", Guest.PATIENCE);
        }
        return "";
    }

    /** The kernel has voltages in millivolts. */
    String converter() throws IOException {
        Path folder = Guest.folder("IIO");
        BigDecimal millivolts = number(folder, "in_voltage0_raw")
                .add(number(folder, "in_voltage0_offset"))
                .multiply(number(folder, "in_voltage0_scale"));
        try (LiveProbe client = gateway.live()) {
            String said = client.ask("read", "\"points\":[\"linux/iio-machine/voltage0\"]");
            Matcher value = VALUE.matcher(said);
            if (!value.find() || Math.abs(Double.parseDouble(value.group(1)) - millivolts.doubleValue() / 1e3) > 1e-9) {
                throw new AssertionError("the kernel says " + millivolts + " mV, the gateway " + said);
            }
            write(client, "linux/iio-machine/voltage0-2", "55");
            if (number(folder, "out_voltage0_raw").intValue() != 55) {
                throw new AssertionError("it was not written");
            }
        }
        return millivolts.stripTrailingZeros().toPlainString() + " mV";
    }

    static Devices configure(Devices devices) {
        return devices.with(
                "io.fieldgate.driver.linux.sampling-fast.cfg",
                "fieldgate.driver.id=fast",
                "converter=machine",
                "channels=voltage0",
                "trigger=timer",
                "rate.hz=" + RATE_HZ);
    }

    /** What the dummy puts into its buffer for the voltage is always 7. */
    String sampling() throws IOException {
        Path folder = Guest.folder("IIO");
        double volts = number(folder, "in_voltage0_offset")
                        .add(BigDecimal.valueOf(7))
                        .multiply(number(folder, "in_voltage0_scale"))
                        .doubleValue()
                / 1e3;
        try (LiveProbe client = gateway.live()) {
            client.ask("subscribe", "\"filters\":[\"fast/scan/voltage0\"],\"mode\":\"every\"");
            client.awaitText("\"op\":\"samples\".*\"quality\":\"good\"", Guest.PATIENCE);
            int scans = 0;
            long from = System.nanoTime();
            while (scans < SCANS) {
                Matcher value = VALUE.matcher(client.awaitText("\"op\":\"samples\"", Guest.PATIENCE));
                while (value.find()) {
                    scans++;
                    if (Math.abs(Double.parseDouble(value.group(1)) - volts) > 1e-9) {
                        throw new AssertionError("expected " + volts + ", got " + value.group(1));
                    }
                }
            }
            return String.format(
                    Locale.ROOT, "%d scans, %.0f of %d Hz", scans, scans * 1e9 / (System.nanoTime() - from), RATE_HZ);
        }
    }

    /** A LED that appears while the gateway runs, and goes when its maker leaves. */
    String light() throws IOException {
        try (LiveProbe client = gateway.live()) {
            client.ask("subscribe", "\"filters\":[\"linux/*/brightness\"],\"mode\":\"latest\"");
            try (RandomAccessFile maker = new RandomAccessFile("/dev/uleds", "rw")) {
                byte[] name = "fieldgate".getBytes(StandardCharsets.US_ASCII);
                ByteBuffer led = ByteBuffer.allocate(LED).order(ByteOrder.nativeOrder());
                maker.write(led.put(name).putInt(LED_NAME, 255).array());
                client.awaitText("\"point\":\"linux/led-fieldgate/brightness\",\"value\":0,", Guest.PATIENCE);
                write(client, "linux/led-fieldgate/brightness", "100");
                byte[] brightness = new byte[Integer.BYTES];
                maker.readFully(brightness);
                int is = ByteBuffer.wrap(brightness)
                        .order(ByteOrder.nativeOrder())
                        .getInt();
                if (is != 100) {
                    throw new AssertionError("it has the brightness " + is);
                }
            }
            client.awaitText("\"linux/led-fieldgate/brightness\".*\"quality\":\"bad\"", Guest.PATIENCE);
        }
        return "";
    }

    String battery() throws IOException {
        try (LiveProbe client = gateway.live()) {
            client.ask("subscribe", "\"filters\":[\"linux/power-test_battery/capacity\"],\"mode\":\"latest\"");
            client.awaitText("\"value\":50[,.}]", Guest.PATIENCE);
            Guest.write(BATTERY, "37");
            client.awaitText("\"value\":37[,.}]", Guest.PATIENCE);
        }
        return "";
    }

    private static BigDecimal number(Path folder, String file) throws IOException {
        return new BigDecimal(Guest.read(folder.resolve(file)));
    }

    private static void write(LiveProbe client, String point, String value) throws IOException {
        String answer = client.ask("write", "\"point\":\"" + point + "\",\"value\":" + value);
        if (!answer.contains("\"op\":\"ok\"")) {
            throw new AssertionError(answer);
        }
    }
}
