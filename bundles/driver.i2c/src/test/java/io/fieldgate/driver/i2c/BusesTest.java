package io.fieldgate.driver.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusesTest {

    @TempDir
    private Path root;

    private Path sys;
    private Path dev;

    @BeforeEach
    void makeFolders() throws IOException {
        sys = Files.createDirectory(root.resolve("sys"));
        dev = Files.createDirectory(root.resolve("dev"));
    }

    private void bus(int number, String name) throws IOException {
        Path entry = Files.createDirectories(sys.resolve("class/i2c-dev/i2c-" + number));
        Files.writeString(entry.resolve("name"), name + '\n');
        Files.createFile(dev.resolve("i2c-" + number));
    }

    @Test
    void aBusIsFoundByNumberAndName() throws Exception {
        bus(10, "SMBus stub driver");
        bus(2, "bcm2835 (i2c@7e804000)");

        assertEquals(2, BusPlace.find("2", sys, dev).number());
        assertEquals(2, BusPlace.find("i2c-2", sys, dev).number());
        assertEquals(10, BusPlace.find("SMBus stub driver", sys, dev).number());
        assertEquals(2, BusPlace.all(sys, dev).get(0).number());
    }

    @Test
    void aBusThatIsNotThereIsNamedWithThoseThatAre() throws Exception {
        bus(1, "one");
        BusException e = assertThrows(BusException.class, () -> BusPlace.find("3", sys, dev));

        assertEquals("there is no bus 3; there are 1 (one)", e.getMessage());
    }

    @Test
    void withoutTheModuleThereIsNone() {
        BusException e = assertThrows(BusException.class, () -> BusPlace.find("1", sys, dev));

        assertEquals("there is no bus 1; there are none: is the module i2c-dev loaded?", e.getMessage());
    }

    @Test
    void twoBusesOfOneNameAreNotGuessedFrom() throws Exception {
        bus(1, "same");
        bus(2, "same");

        assertThrows(BusException.class, () -> BusPlace.find("same", sys, dev));
    }

    @Test
    void anAddressThatTheKernelHoldsIsBusyAndByWhom() throws Exception {
        bus(1, "one");
        Path driver = Files.createDirectories(sys.resolve("bus/i2c/drivers/lm75"));
        Path device = Files.createDirectories(sys.resolve("bus/i2c/devices/1-0048"));
        Files.createSymbolicLink(device.resolve("driver"), driver);

        try (LinuxBus bus = LinuxBus.open(BusPlace.find("1", sys, dev), sys)) {
            BusException e = assertThrows(BusException.class, () -> bus.read(0x48));

            assertEquals(BusException.Kind.BUSY, e.kind());
            assertEquals(
                    "0x48 on i2c-1 is busy: the kernel's driver lm75 holds it, and shows it in /sys", e.getMessage());
        }
    }

    /** The library is loaded, and its calls reach the kernel: a plain file is no bus. */
    @Test
    void theLibraryIsLoadedAndLeavesNoFile() throws Exception {
        bus(1, "one");
        long before = files();
        assertNotNull(NativeCalls.loaded());
        try (LinuxBus bus = LinuxBus.open(BusPlace.find("1", sys, dev), sys)) {
            assertThrows(BusException.class, () -> bus.read(0x48));
        }
        assertTrue(files() <= before, "the library's file is still there");
    }

    private static long files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("fieldgate-i2c-"))
                    .count();
        }
    }

    @Test
    void knowsTheMachinesThatItHasALibraryFor() throws Exception {
        for (String machine : new String[] {"amd64", "x86_64", "aarch64", "arm"}) {
            String resource = NativeLibrary.resource("Linux", machine);
            assertNotNull(getClass().getClassLoader().getResource(resource), resource);
        }
        assertThrows(IOException.class, () -> NativeLibrary.resource("Linux", "riscv64"));
        assertThrows(IOException.class, () -> NativeLibrary.resource("Mac OS X", "aarch64"));
    }
}
