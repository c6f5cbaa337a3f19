package io.fieldgate.driver.gpio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.diozero.internal.provider.builtin.gpio.GpioChip;
import com.diozero.internal.provider.builtin.gpio.GpioLine;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As the framework does it: each version of the bundle has a class loader of its own. */
class NativeLibraryTest {

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "x86_64", "aarch64", "arm"})
    void isInTheBundleForEachPlatform(String architecture) {
        assertNotNull(NativeLibraryTest.class.getResource(NativeLibrary.resource(architecture)));
    }

    @Test
    void isNotThereForAnotherPlatform() {
        assertEquals("/lib/linux-riscv64/libdiozero-system-utils.so", NativeLibrary.resource("riscv64"));
    }

    @Test
    void loadsInEachVersionOfTheBundleAndLeavesNoFile() throws Exception {
        try (URLClassLoader first = bundle();
                URLClassLoader second = bundle()) {
            Class<?> one = load(first);
            Class<?> two = load(second);
            assertNotSame(one, two);
            assertTrue(epoll(first) > 0, "the first is of use");
            assertTrue(epoll(second) > 0, "the second is of use");
        }
        try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertFalse(left.anyMatch(file -> file.getFileName().toString().startsWith("fieldgate-gpio-")));
        }
    }

    /** As the native library does it. */
    @Test
    void makesAChipWithTheClassesOfTheBundleAlone() throws Exception {
        try (URLClassLoader bundle = bundle()) {
            Class<?> line = bundle.loadClass(GpioLine.class.getName());
            Constructor<?> makeLine = line.getDeclaredConstructor(int.class, int.class, String.class, String.class);
            Object lines = Array.newInstance(line, 1);
            Array.set(lines, 0, makeLine.newInstance(3, 1, "RELAY", "diozero"));
            Class<?> chip = bundle.loadClass(GpioChip.class.getName());
            Constructor<?> makeChip =
                    chip.getDeclaredConstructor(String.class, String.class, int.class, lines.getClass());
            makeChip.setAccessible(true);

            Object made = makeChip.newInstance("gpiochip0", "fieldgate", 7, lines);

            assertNotSame(GpioChip.class, made.getClass());
            Class<?> natives = bundle.loadClass(Native.class.getName());
            Method descriptor = natives.getDeclaredMethod("descriptor", chip);
            descriptor.setAccessible(true);
            assertEquals(7, descriptor.invoke(null, made));
        }
    }

    private static Class<?> load(ClassLoader bundle) throws ReflectiveOperationException {
        Class<?> library = bundle.loadClass(NativeLibrary.class.getName());
        Method load = library.getDeclaredMethod("load");
        load.setAccessible(true);
        load.invoke(null);
        load.invoke(null); // the second time it is there
        return library;
    }

    private static int epoll(ClassLoader bundle) throws ReflectiveOperationException {
        Class<?> natives = bundle.loadClass(Native.class.getName());
        Method epoll = natives.getDeclaredMethod("epoll");
        epoll.setAccessible(true);
        Method close = natives.getDeclaredMethod("close", int.class);
        close.setAccessible(true);
        int descriptor = (int) epoll.invoke(null);
        close.invoke(null, descriptor);
        return descriptor;
    }

    /** All that the bundle has and imports, without diozero's own jar. */
    private static URLClassLoader bundle() throws IOException {
        List<URL> urls = new ArrayList<>();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : path.split(File.pathSeparator, -1)) {
            if (!entry.contains("diozero")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
