package io.fieldgate.launcher;

import io.fieldgate.api.gateway.Gateway;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What was shipped: {@code bin/}, {@code features/} and {@code lib/}. The build resolved the features into two flat files, so
 * that nothing has to be parsed or searched at the start.
 *
 * @param root its absolute path
 */
record Distribution(Path root) {

    /** System property that {@code bin/fieldgate} sets to the distribution's folder. */
    static final String PROPERTY = "fieldgate.distribution";

    /** The file with {@link #build}, within the distribution. */
    static final String BUILD_FILE = "lib/build";

    /** System property that {@code bin/fieldgate} sets to the folder of the distribution that it was called of. */
    private static final String CALLED = "fieldgate.called";

    private static final Pattern BUILD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}");

    /** The distribution that this process was started from. */
    static Distribution current() throws CommandFailure {
        String folder = System.getProperty(PROPERTY);
        if (folder == null) {
            throw new CommandFailure(ExitStatus.FAILED, "start this with bin/fieldgate, which sets -D" + PROPERTY);
        }
        return new Distribution(Path.of(folder).toAbsolutePath());
    }

    /**
     * The distribution that {@code bin/fieldgate} was called of. It is another one than {@link #current} when that was made current, or is
     * tried, by an upgrade.
     */
    static Distribution called() throws CommandFailure {
        String folder = System.getProperty(CALLED);
        return folder == null ? current() : new Distribution(Path.of(folder).toAbsolutePath());
    }

    Path script() {
        return root.resolve("bin").resolve("fieldgate");
    }

    Path lib() {
        return root.resolve("lib");
    }

    /** Default configuration files, copied into a new home. */
    Path defaults() {
        return root.resolve("features").resolve("etc");
    }

    /** The shipped bundles in the order in which to install them. */
    List<ShippedBundle> bundles() throws IOException {
        List<ShippedBundle> bundles = new ArrayList<>();
        for (String line : Files.readAllLines(lib().resolve("bundles.list"))) {
            bundles.add(ShippedBundle.parse(line));
        }
        return bundles;
    }

    /** The version of the distribution. */
    String version() throws IOException {
        return frameworkProperties().getOrDefault(Gateway.VERSION, "of an unknown version");
    }

    /**
     * What tells this build from any other: the version, and a part of a digest of what was built.
     *
     * @throws IOException if the file that says it is not there, or makes no sense
     */
    String build() throws IOException {
        String build = Files.readString(root.resolve(BUILD_FILE)).strip();
        if (!BUILD.matcher(build).matches()) {
            throw new IOException(root.resolve(BUILD_FILE) + " does not name a build");
        }
        return build;
    }

    /**
     * Looks whether all is there that a start needs.
     *
     * @throws IOException that says what is missing or broken
     */
    void check() throws IOException {
        for (String needed :
                List.of("bin/fieldgate", BUILD_FILE, "lib/framework.properties", "lib/bundles.list", "lib/boot")) {
            if (!Files.exists(root.resolve(needed))) {
                throw new IOException("there is no " + needed);
            }
        }
        build();
        frameworkProperties();
        List<ShippedBundle> bundles = bundles();
        if (bundles.isEmpty()) {
            throw new IOException("it ships no bundles");
        }
        List<Path> jars = new ArrayList<>();
        for (ShippedBundle bundle : bundles) {
            jars.add(lib().resolve(bundle.file()));
        }
        try (DirectoryStream<Path> boot = Files.newDirectoryStream(lib().resolve("boot"), "*.jar")) {
            boot.forEach(jars::add);
        }
        for (Path jar : jars) {
            checkJar(jar);
        }
    }

    private void checkJar(Path jar) throws IOException {
        if (!Files.exists(jar)) {
            throw new IOException("there is no " + root.relativize(jar));
        }
        try (ZipFile file = new ZipFile(jar.toFile())) {
            if (file.size() == 0) {
                throw new IOException(root.relativize(jar) + " is empty");
            }
        } catch (ZipException e) {
            throw new IOException(root.relativize(jar) + " is no whole jar", e);
        }
    }

    /** Framework properties that the features ask for; {@code fieldgate.version} is one of them. */
    Map<String, String> frameworkProperties() throws IOException {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(lib().resolve("framework.properties"), StandardCharsets.UTF_8)) {
            lines.load(reader);
        }
        Map<String, String> properties = new TreeMap<>();
        lines.stringPropertyNames().forEach(name -> properties.put(name, lines.getProperty(name)));
        return properties;
    }
}
