package io.fieldgate.launcher;

import io.fieldgate.api.gateway.Gateway;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What was shipped: {@code bin/}, {@code features/} and {@code lib/}. The build resolved the features into two flat files, so
 * that nothing has to be parsed or searched at the start.
 *
 * @param root its absolute path
 */
record Distribution(Path root) {

    /** System property that {@code bin/fieldgate} sets to the distribution's folder. */
    static final String PROPERTY = "fieldgate.distribution";

    /** The distribution that this process was started from. */
    static Distribution current() throws CommandFailure {
        String folder = System.getProperty(PROPERTY);
        if (folder == null) {
            throw new CommandFailure(ExitStatus.FAILED, "start this with bin/fieldgate, which sets -D" + PROPERTY);
        }
        return new Distribution(Path.of(folder).toAbsolutePath());
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
