package io.fieldgate.itest;

import aQute.bnd.osgi.Builder;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.itest.subject.Versioned;
import jakarta.servlet.Servlet;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.felix.hc.api.HealthCheck;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;

/** Makes bundles of classes of these tests while they run. */
final class TestBundle {

    private static final Path CLASSES = Path.of("target/test-classes").toAbsolutePath();
    private static final Path JARS = Path.of("target/test-bundles").toAbsolutePath();

    /** One class of each jar that the classes of a test bundle may use. */
    private static final List<Class<?>> CLASS_PATH = List.of(
            SocketHandler.class, BundleContext.class, Component.class, HealthCheck.class, Logger.class, Servlet.class);

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> texts = new TreeMap<>();
    private final Map<String, Path> classes = new TreeMap<>();

    private TestBundle(String symbolicName) {
        headers.put("Bundle-SymbolicName", symbolicName);
        headers.put("Bundle-Version", "1.0.0");
        headers.put("-noextraheaders", "true");
        headers.put("-noimportjava", "true");
        headers.put("-dsannotations", "*");
    }

    /** A bundle {@code io.fieldgate.itest.<name>} of some classes of these tests, with all that is nested in them and what they share. */
    static TestBundle of(String name, Class<?>... content) throws IOException {
        TestBundle bundle = new TestBundle("io.fieldgate.itest." + name);
        for (Class<?> type : content) {
            bundle.add(type);
        }
        bundle.add(Versioned.class);
        return bundle;
    }

    TestBundle version(String version) {
        return header("Bundle-Version", version);
    }

    /** Sets a header, or an instruction of bnd. */
    TestBundle header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Adds a file. */
    TestBundle text(String path, String content) {
        texts.put(path, content);
        return this;
    }

    /** Builds the jar; each call makes a file of its own for name and version. */
    Path build() throws IOException {
        Path jar = Files.createDirectories(JARS)
                .resolve(headers.get("Bundle-SymbolicName") + '-' + headers.get("Bundle-Version") + ".jar");
        Path folder = Files.createTempDirectory("fieldgate-it-bundle-");
        try (Builder builder = new Builder()) {
            fill(folder);
            for (Class<?> type : CLASS_PATH) {
                builder.addClasspath(jarOf(type));
            }
            headers.forEach(builder::setProperty);
            builder.setProperty("-includeresource", folder.toString());
            builder.build();
            if (!builder.getErrors().isEmpty()) {
                throw new AssertionError(jar.getFileName() + " cannot be built: " + builder.getErrors());
            }
            builder.getJar().write(jar.toFile());
            return jar;
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(jar.getFileName() + " cannot be built", e);
        } finally {
            deleteTree(folder);
        }
    }

    private void fill(Path folder) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = folder.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
        }
        for (Map.Entry<String, Path> type : classes.entrySet()) {
            Path copy = folder.resolve(type.getKey());
            Files.createDirectories(copy.getParent());
            Files.copy(type.getValue(), copy);
        }
    }

    private void add(Class<?> type) throws IOException {
        String path = type.getName().replace('.', '/');
        String simple = path.substring(path.lastIndexOf('/') + 1);
        Path folder = CLASSES.resolve(path).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.equals(simple + ".class") || (name.startsWith(simple + '$') && name.endsWith(".class"))) {
                    classes.put(CLASSES.relativize(file).toString(), file);
                }
            }
        }
    }

    private static File jarOf(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
