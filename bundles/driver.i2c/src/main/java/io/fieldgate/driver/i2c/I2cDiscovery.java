package io.fieldgate.driver.i2c;

import io.fieldgate.api.driver.Discovery;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.Finding;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Finds I2C buses and who answers there, as {@code i2cdetect} does: an address is written to without a byte, or, where memories usually are, a
 * byte is read. Addresses that the kernel has are not touched, nor the buses of screens and mainboards.
 */
@Component
public final class I2cDiscovery implements Discovery {

    private static final Path BUSES = Path.of("/sys/class/i2c-dev");
    private static final Pattern LEFT_ALONE =
            Pattern.compile("(?i).*(i915|nvidia|nouveau|radeon|amdgpu|dpddc|aux|hdmi|i801|piix4|nforce).*");
    private static final int LOWEST = 0x08;
    private static final int HIGHEST = 0x77;

    /** For Declarative Services. */
    @Activate
    public I2cDiscovery() {}

    @Override
    public String kind() {
        return "i2c";
    }

    @Override
    public List<Finding> find() throws DriverException {
        TreeMap<Integer, String> buses = new TreeMap<>();
        if (Files.isDirectory(BUSES)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(BUSES, "i2c-*")) {
                for (Path folder : folders) {
                    buses.put(
                            Integer.valueOf(folder.getFileName().toString().substring("i2c-".length())),
                            Files.readString(folder.resolve("name")).strip());
                }
            } catch (IOException e) {
                throw new DriverException(DriverException.Reason.CONNECTION, "buses cannot be listed: " + e, e);
            }
        }
        List<Finding> found = new ArrayList<>();
        for (var bus : buses.entrySet()) {
            found.add(
                    LEFT_ALONE.matcher(bus.getValue()).matches()
                            ? Finding.of(
                                    "i2c-" + bus.getKey(), bus.getValue() + ", a bus of the machine itself, left alone")
                            : search(bus.getKey(), bus.getValue()));
        }
        return found;
    }

    private static Finding search(int number, String name) {
        List<Integer> answering = new ArrayList<>();
        StringJoiner held = new StringJoiner(", ");
        try {
            for (int address = LOWEST; address <= HIGHEST; address++) {
                String holder = LinuxBus.holder(number, address).name();
                if (!holder.isEmpty()) {
                    held.add(String.format("0x%02x by %s", address, holder));
                } else if (answers(number, address)) {
                    answering.add(address);
                }
            }
            return finding(number, name, answering, held.toString());
        } catch (IOException e) {
            return Finding.of("i2c-" + number, name + ": " + e.getMessage());
        }
    }

    private static boolean answers(int number, int address) throws IOException {
        try (Bus.Target target = new LinuxBus(number).open(address)) {
            if ((address >= 0x30 && address <= 0x37) || (address >= 0x50 && address <= 0x5f)) {
                target.read();
            } else {
                ((LinuxBus.Probing) target).probe();
            }
            return true;
        } catch (LinuxBus.SilentException e) {
            return false;
        }
    }

    static Finding finding(int number, String name, List<Integer> answering, String held) {
        StringJoiner addresses = new StringJoiner(", ");
        answering.forEach(address -> addresses.add(String.format("0x%02x", address)));
        Finding found = Finding.of(
                "i2c-" + number,
                name + ", " + (answering.isEmpty() ? "nobody answers" : "answering: " + addresses)
                        + (held.isEmpty() ? "" : ", held: " + held));
        if (answering.isEmpty()) {
            return found;
        }
        List<String> parts = new ArrayList<>();
        List<String> registers = new ArrayList<>();
        List<String> content = new ArrayList<>(List.of(
                "# " + name + ". What a part is was guessed from its address: see that it is so.",
                "fieldgate.driver.id=i2c-" + number,
                "bus=" + number));
        for (int address : answering) {
            String hex = String.format("0x%02x", address);
            String guess = guess(address);
            if (guess.isEmpty()) {
                registers.add("part-" + hex + "/register-0 address=" + hex + " register=0 width=1");
            } else {
                parts.add(guess + '-' + hex + " type=" + guess + " address=" + hex);
            }
        }
        table(content, "parts", parts);
        table(content, "registers", registers);
        return found.with("io.fieldgate.driver.i2c-" + number + ".cfg", content);
    }

    private static void table(List<String> content, String key, List<String> lines) {
        if (!lines.isEmpty()) {
            content.add(key + "=\\");
            for (int i = 0; i < lines.size(); i++) {
                content.add("  " + lines.get(i) + (i < lines.size() - 1 ? ",\\" : ""));
            }
        }
    }

    /** What usually is at an address; reading it does no other part any harm. */
    private static String guess(int address) {
        if (address >= 0x48 && address <= 0x4b) {
            return "lm75";
        }
        if ((address >= 0x20 && address <= 0x27) || (address >= 0x38 && address <= 0x3f)) {
            return "pcf8574";
        }
        return address == 0x76 || address == 0x77 ? "bme280" : "";
    }
}
