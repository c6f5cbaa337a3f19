package io.fieldgate.driver.gpio;

import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.DriverException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Diozero's native library. A class loader can load one file only once, and a file only for one class loader: each loading
 * unpacks the library anew, and removes the file at once. Linux keeps what is loaded.
 */
final class NativeLibrary {

    private static final Object LOCK = new Object();
    private static boolean loaded; // guarded by LOCK

    private NativeLibrary() {}

    /** Where in the bundle the library for a platform is. The one for ARMv6 serves all 32-bit ARM with hard float. */
    static String resource(String architecture) {
        String folder = switch (architecture) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "aarch64";
            case "arm" -> "armv6";
            default -> architecture;
        };
        return "/lib/linux-" + folder + "/libdiozero-system-utils.so";
    }

    /** Loads it, unless this class loader has it. */
    static void load() throws DriverException {
        synchronized (LOCK) {
            if (!loaded) {
                String architecture = System.getProperty("os.arch");
                try (InputStream library = NativeLibrary.class.getResourceAsStream(resource(architecture))) {
                    if (library == null) {
                        throw new DriverException(
                                Reason.CONFIGURATION,
                                "there is no GPIO library for \"" + architecture
                                        + "\": known are amd64, aarch64 and arm");
                    }
                    load(library);
                    loaded = true;
                } catch (IOException | UnsatisfiedLinkError e) {
                    throw new DriverException(
                            Reason.CONFIGURATION,
                            "the GPIO library cannot be loaded by way of " + System.getProperty("java.io.tmpdir")
                                    + ", which must be writable and not mounted noexec: " + e.getMessage(),
                            e);
                }
            }
        }
    }

    // System.load is for the class loader of its caller, which must be this class.
    private static void load(InputStream library) throws IOException {
        Path file = Files.createTempFile("fieldgate-gpio-", ".so");
        try {
            Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
            System.load(file.toString());
        } finally {
            Files.delete(file);
        }
    }
}
