package io.fieldgate.driver.gpio;

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
                    || name.startsWith("io.fieldgate.driver.gpio.");
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
                Class<?> chips = version.loadClass(CharacterDevices.class.getName());
                assertEquals(version, chips.getClassLoader());
                // Loads the library and asks it; what there is differs from machine to machine.
                Class<?> calls = version.loadClass(NativeCalls.class.getName());
                var method = calls.getDeclaredMethod("epoll");
                method.setAccessible(true);
                int descriptor = (int) method.invoke(null);
                assertTrue(descriptor > 0, "no descriptor: " + descriptor);
                var close = calls.getDeclaredMethod("close", int.class);
                close.setAccessible(true);
                close.invoke(null, descriptor);
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

    @Test
    void asksTheMachineForItsChips() throws Exception {
        assertNotNull(new CharacterDevices().names());
    }

    @Test
    void theLoopEndsWithItsLastLine() throws Exception {
        EdgeLoop loop = new EdgeLoop();
        for (int i = 0; i < 20; i++) {
            // A descriptor that can be waited on, and of which nothing ever comes.
            int quiet = NativeCalls.epoll();
            loop.add(quiet, new Chips.Edges() {
                @Override
                public void changed(boolean active, long nanos) {
                    throw new AssertionError("an edge of nothing");
                }

                @Override
                public void lost() {
                    throw new AssertionError("nothing was lost");
                }
            });
            loop.remove(quiet);
            NativeCalls.close(quiet);
        }
        assertEquals(
                0,
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("fieldgate-gpio-edges"))
                        .count());
    }
}
