package io.fieldgate.driver.i2c;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Set;

/** The library that makes the calls of the kernel, which lies in this bundle. */
final class NativeLibrary {

    private static final Set<String> SHIPPED = Set.of("x86_64", "aarch64", "armv6");

    private NativeLibrary() {}

    /**
     * Loads it, from a file that is gone when this returns.
     *
     * @throws IOException if there is none for this machine, or it cannot be loaded
     */
    static void load() throws IOException {
        String resource = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
        Path file = Files.createTempFile("fieldgate-i2c-", ".so");
        try (InputStream content = NativeLibrary.class.getClassLoader().getResourceAsStream(resource)) {
            if (content == null) {
                throw new IOException(resource + " is not in the bundle");
            }
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            System.load(file.toString());
        } catch (UnsatisfiedLinkError e) {
            throw new IOException(resource + " cannot be loaded from " + file.getParent() + ": " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    static String resource(String system, String architecture) throws IOException {
        String name = architecture.toLowerCase(Locale.ROOT);
        // What is made for version 6 of 32-bit ARM runs on version 7, too.
        String folder = name.equals("amd64") ? "x86_64" : name.startsWith("arm") ? "armv6" : name;
        if (!system.equals("Linux") || !SHIPPED.contains(folder)) {
            throw new IOException("there is no library for " + system + " on " + architecture
                    + ": I2C needs Linux on amd64, aarch64 or arm");
        }
        return "lib/linux-" + folder + "/libdiozero-system-utils.so";
    }
}
