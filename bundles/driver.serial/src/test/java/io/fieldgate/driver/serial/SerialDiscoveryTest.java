package io.fieldgate.driver.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.driver.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerialDiscoveryTest {

    @TempDir
    Path root;

    private void file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content + '\n');
    }

    private void port(String name, String device) throws IOException {
        Path entry = Files.createDirectories(root.resolve("sys/class/tty").resolve(name));
        Files.createDirectories(root.resolve(device));
        Files.createSymbolicLink(entry.resolve("device"), root.resolve(device));
        file("dev/" + name, "");
    }

    @Test
    void findsAnAdapterByItsStableNameAndLeavesOutWhatIsNoPort() throws Exception {
        port("ttyUSB0", "sys/devices/usb1/1-1/1-1:1.0/ttyUSB0");
        file("sys/devices/usb1/1-1/product", "FT232R USB UART");
        file("sys/devices/usb1/1-1/manufacturer", "FTDI");
        port("ttyS0", "sys/devices/platform/serial8250");
        file("sys/class/tty/ttyS0/type", "0");
        Files.createDirectories(root.resolve("sys/class/tty/tty1"));
        Path link = root.resolve("dev/serial/by-id/usb-FTDI_FT232R-if00-port0");
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, root.resolve("dev/ttyUSB0"));

        List<Finding> found = new SerialDiscovery(root).find();

        assertEquals(1, found.size(), found::toString);
        assertTrue(found.get(0).description().startsWith("FTDI FT232R USB UART"), found::toString);
        assertEquals(
                "io.fieldgate.driver.serial-ttyUSB0.cfg", found.get(0).file().orElseThrow());
        assertTrue(found.get(0).lines().contains("port=" + link), found.get(0).lines()::toString);
    }

    @Test
    void findsNothingOnAMachineWithoutPorts() throws Exception {
        assertEquals(List.of(), new SerialDiscovery(root).find());
    }
}
