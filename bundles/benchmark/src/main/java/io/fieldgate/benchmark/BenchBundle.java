package io.fieldgate.benchmark;

import aQute.bnd.osgi.Builder;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.benchmark.subject.FanoutHandler;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The bundles that are put into the gateway's {@code deploy/}. */
final class BenchBundle {

    private BenchBundle() {}

    /** Makes a bundle of the package {@code subject}. */
    static void buildHandlers(Path jar) throws IOException {
        String subject = FanoutHandler.class.getPackageName();
        try (Builder builder = new Builder()) {
            builder.addClasspath(codeOf(FanoutHandler.class));
            builder.addClasspath(codeOf(SocketHandler.class));
            builder.setProperty("Bundle-SymbolicName", subject);
            builder.setProperty("Bundle-Version", "1.0.0");
            builder.setProperty("-privatepackage", subject);
            builder.setProperty("-dsannotations", "*");
            builder.setProperty("-noimportjava", "true");
            builder.build();
            if (!builder.getErrors().isEmpty()) {
                throw new IOException("the bundle of the handlers cannot be built: " + builder.getErrors());
            }
            builder.getJar().write(jar.toFile());
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the bundle of the handlers cannot be built", e);
        }
    }

    /** The shipped bundle of a symbolic name. */
    static Path shipped(Path distribution, String symbolicName) throws IOException {
        try (Stream<Path> files = Files.walk(distribution.resolve("lib"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(symbolicName + '-')
                            && file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(symbolicName + " is not shipped in " + distribution));
        }
    }

    /** Puts a copy of a bundle that says it is another version, and differs in content too, into its place in one step. */
    static void deploy(Path jar, String version, Path place) throws IOException {
        Path staged = place.resolveSibling("../staged.tmp").normalize();
        try (JarFile original = new JarFile(jar.toFile())) {
            Manifest manifest = new Manifest(original.getManifest());
            manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
            try (OutputStream file = Files.newOutputStream(staged);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (JarEntry entry : Collections.list(original.entries())) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        original.getInputStream(entry).transferTo(out);
                    }
                }
                out.putNextEntry(new JarEntry("benchmark-version.txt"));
                out.write(version.getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.move(staged, place, StandardCopyOption.ATOMIC_MOVE);
    }

    private static File codeOf(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
