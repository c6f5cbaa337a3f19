package io.fieldgate.driver.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Loads the part of jSerialComm that is not Java, from a folder that nobody else can write to and that is gone afterwards.
 * By itself it would be put into a folder of {@code /tmp} with a name that everybody knows, and left there.
 */
final class NativeLibrary {

    private static final String FOLDER_PROPERTY = "jSerialComm.library.path";
    private static final String FILE = "libjSerialComm.so";
    private static final List<String> ARCHITECTURES =
            List.of("x86_64", "x86", "armv5", "armv6hf", "armv7hf", "armv8_64", "armv8_32", "ppc64le");

    // Guarded by the class.
    private static boolean loaded;

    private NativeLibrary() {}

    /** Loads it, unless it is there. Linux keeps a file that is loaded until the program ends, though it has no name more. */
    static synchronized void load() throws IOException {
        if (loaded || System.getProperty(FOLDER_PROPERTY) != null) {
            return; // It is there, or an administrator knows better where.
        }
        Path folder = Files.createTempDirectory("fieldgate-serial");
        Deque<Path> made = new ArrayDeque<>(List.of(folder));
        try {
            for (String architecture : ARCHITECTURES) {
                extract(folder, architecture, made);
            }
            System.setProperty(FOLDER_PROPERTY, folder.toString());
            Class.forName(SerialPort.class.getName(), true, SerialPort.class.getClassLoader());
            loaded = true;
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        } finally {
            System.clearProperty(FOLDER_PROPERTY);
            for (Path path : made) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static void extract(Path folder, String architecture, Deque<Path> made) throws IOException {
        URL library = SerialPort.class.getResource("/Linux/" + architecture + '/' + FILE);
        if (library == null) {
            return;
        }
        for (Path path :
                List.of(folder.resolve("Linux"), folder.resolve("Linux").resolve(architecture))) {
            if (!Files.exists(path)) {
                Files.createDirectory(path);
                made.push(path);
            }
        }
        Path file = folder.resolve("Linux").resolve(architecture).resolve(FILE);
        made.push(file);
        try (InputStream in = library.openStream()) {
            Files.copy(in, file);
        }
    }
}
