package io.fieldgate.driver.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The calls to the kernel, from the classes as they lie in the bundle and nothing else. */
class NativeCallsTest {

    private static final URL BUNDLE =
            NativeCalls.class.getProtectionDomain().getCodeSource().getLocation();

    /** What a version of the bundle has: its own classes, and of others what every bundle may have. */
    private static final class Version extends URLClassLoader {

        Version() {
            super(new URL[] {BUNDLE}, Version.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean own = name.startsWith("com.diozero.")
                    || name.startsWith("org.tinylog.")
                    || name.startsWith("io.fieldgate.driver.i2c.");
            synchronized (getClassLoadingLock(name)) {
                if (!own) {
                    return super.loadClass(name, resolve);
                }
                Class<?> known = findLoadedClass(name);
                return known == null ? findClass(name) : known;
            }
        }
    }

    @Test
    void eachVersionOfTheBundleLoadsTheLibraryAnew() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        for (int i = 0; i < 3; i++) {
            try (Version version = new Version()) {
                // As in the framework: the logger of diozero looks here for its parts first.
                Thread.currentThread().setContextClassLoader(version);
                // Loads the library and asks it; there is no such bus on any machine.
                Class<?> calls = version.loadClass(NativeCalls.class.getName());
                assertEquals(version, calls.getClassLoader());
                var open = calls.getDeclaredMethod("open", String.class, int.class);
                open.setAccessible(true);
                assertTrue((int) open.invoke(null, "/dev/i2c-none", 0x50) < 0);
            } finally {
                Thread.currentThread().setContextClassLoader(before);
            }
        }
        assertEquals(List.of(), left(), "copies of the library that were left");
    }

    private static List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("libdiozero"))
                    .toList();
        }
    }

    @Test
    void hasTheLibraryForTheUsualMachines() {
        for (String machine : List.of("linux-amd64", "linux-aarch64", "linux-armv6", "linux-armv7")) {
            assertNotNull(NativeCalls.class.getResource("/lib/" + machine + "/libdiozero-system-utils.so"), machine);
        }
    }
}
