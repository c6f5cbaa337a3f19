package io.fieldgate.driver.modbus;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortThreadFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the native part of jSerialComm, once for this class loader, and takes back what that leaves behind: the file, which Linux does not
 * need once it is loaded, and a shutdown hook, which would keep this bundle's classes in memory for ever.
 */
final class NativeLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
    private static final String PLACE = "fazecast.jSerialComm.appid";

    // Guarded by the class.
    private static boolean loaded;

    private NativeLibrary() {}

    static synchronized void load() throws Fault {
        if (loaded) {
            return;
        }
        String own = "fieldgate-modbus-" + UUID.randomUUID();
        String before = System.getProperty(PLACE);
        ThreadFactory factory = SerialPortThreadFactory.get();
        List<Thread> hooks = new ArrayList<>();
        try {
            System.setProperty(PLACE, own);
            SerialPortThreadFactory.set(task -> {
                Thread thread = new Thread(task, "fieldgate-modbus-serial");
                thread.setDaemon(true);
                hooks.add(thread);
                return thread;
            });
            Class.forName(SerialPort.class.getName(), true, NativeLibrary.class.getClassLoader());
            loaded = true;
        } catch (ClassNotFoundException | LinkageError e) {
            LOG.error(
                    "The library for serial lines cannot be loaded on this machine; Modbus over TCP works without it",
                    e);
            throw Fault.link("the library for serial lines cannot be loaded: " + e.getMessage());
        } finally {
            SerialPortThreadFactory.set(factory);
            restore(before);
            hooks.forEach(Runtime.getRuntime()::removeShutdownHook);
            delete(Path.of(System.getProperty("java.io.tmpdir"), "jSerialComm", own));
            delete(Path.of(System.getProperty("java.io.tmpdir"), ".jSerialComm", own));
            delete(Path.of(System.getProperty("user.home"), ".jSerialComm", own));
        }
    }

    private static void restore(String before) {
        if (before == null) {
            System.clearProperty(PLACE);
        } else {
            System.setProperty(PLACE, before);
        }
    }

    private static void delete(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("{} could not be removed: {}", folder, e.toString());
            return;
        }
        try {
            Files.deleteIfExists(folder.getParent());
        } catch (IOException e) {
            // Another program has something there.
            LOG.debug("{} stays: {}", folder.getParent(), e.toString());
        }
    }
}
