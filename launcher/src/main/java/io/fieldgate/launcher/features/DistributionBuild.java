package io.fieldgate.launcher.features;

import io.fieldgate.launcher.ShippedBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.Version;
import org.osgi.service.feature.FeatureBundle;
import org.osgi.service.feature.FeatureConfiguration;
import org.osgi.service.feature.FeatureService;

/** Lays out the folder of the distribution, from the features and the launcher's dependencies. */
public final class DistributionBuild {

    private final Path target;
    private final FeatureSet features;
    private final Path launcher;
    private final String version;

    DistributionBuild(Path target, FeatureSet features, Path launcher, String version) {
        this.target = target;
        this.features = features;
        this.launcher = launcher;
        this.version = version;
    }

    /**
     * Runs in the build.
     *
     * @param arguments the folder to make; the folder of the features; the list of dependencies; the launcher's jar; the version;
     *     the time that all files get; and what else is taken over: files, and folders with what lies in them
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[0]);
        FeatureService service = ServiceLoader.load(FeatureService.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no implementation of the OSGi Feature Service"));
        List<Artifact> dependencies = Artifact.read(Path.of(arguments[2]));
        FeatureSet features = FeatureSet.read(service, Path.of(arguments[1]), dependencies, arguments[4]);
        DistributionBuild build = new DistributionBuild(target, features, Path.of(arguments[3]), arguments[4]);
        build.clear();
        build.writeFeatures();
        build.writeLib();
        List<Path> sources = List.of(arguments).subList(6, arguments.length).stream()
                .map(Path::of)
                .toList();
        for (Path source : sources) {
            build.takeOver(source);
        }
        build.writeBuild();
        build.stamp(Instant.parse(arguments[5]));
    }

    private void clear() throws IOException {
        if (Files.exists(target)) {
            try (Stream<Path> old = Files.walk(target)) {
                for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    void writeFeatures() throws IOException {
        Path etc = Files.createDirectories(target.resolve("features").resolve("etc"));
        for (Map.Entry<String, String> feature : features.texts().entrySet()) {
            Files.writeString(target.resolve("features").resolve(feature.getKey()), feature.getValue());
        }
        for (FeatureConfiguration configuration : features.configurations()) {
            DefaultFiles.write(etc, configuration);
        }
    }

    void writeLib() throws IOException {
        Path lib = Files.createDirectories(target.resolve("lib"));
        Path boot = Files.createDirectories(lib.resolve("boot"));
        List<String> lines = new ArrayList<>();
        for (FeatureBundle bundle : features.bundles()) {
            Path jar = features.artifact(bundle.getID()).file();
            copy(jar, lib.resolve(jar.getFileName()));
            String name = new JarManifest(jar).symbolicName();
            lines.add(new ShippedBundle(
                            FeatureSet.startLevel(bundle), jar.getFileName().toString(), name)
                    .toString());
        }
        Files.write(lib.resolve("bundles.list"), lines);
        copy(launcher, boot.resolve(launcher.getFileName()));
        for (Artifact artifact : features.classPath()) {
            copy(artifact.file(), boot.resolve(artifact.file().getFileName()));
        }
        Map<String, SortedSet<Version>> exports = new TreeMap<>();
        for (Artifact artifact : features.exported()) {
            exports.putAll(new JarManifest(artifact.file()).exports());
        }
        Files.write(
                lib.resolve("framework.properties"),
                FrameworkProperties.lines(features.frameworkProperties(), exports, version));
    }

    /** Copies one file, or what lies in a folder, and makes what lies in {@code bin/} executable. */
    private void takeOver(Path source) throws IOException {
        try (Stream<Path> walked = Files.walk(source)) {
            for (Path file : walked.filter(Files::isRegularFile).toList()) {
                Path to =
                        target.resolve((file.equals(source) ? file.getFileName() : source.relativize(file)).toString());
                Files.createDirectories(to.getParent());
                if (to.getParent().endsWith("bin")) {
                    copy(file, to);
                    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
                } else {
                    copy(file, to);
                }
            }
        }
    }

    /** A name for exactly these files: an archive of their classes is of no use with others. */
    private void writeBuild() throws IOException {
        Files.writeString(target.resolve("lib").resolve("build"), version + "-" + digest() + "\n");
    }

    private String digest() throws IOException {
        try (Stream<Path> files = Files.walk(target)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                digest.update(target.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** One time for all files: the JVM compares that of the jars with the one in its archive of classes. */
    private void stamp(Instant time) throws IOException {
        try (Stream<Path> all = Files.walk(target)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(time));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.write(to, Files.readAllBytes(from));
    }
}
