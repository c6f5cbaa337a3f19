package io.fieldgate.launcher.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One dependency of the launcher, as Maven has resolved it.
 *
 * @param key group, artifact and, if there is a classifier, type and classifier, parted by colons: a Maven id without version
 * @param version the resolved version
 * @param file the jar
 */
record Artifact(String key, String version, Path file) {

    private static final List<String> SHIPPED_SCOPES = List.of("compile", "runtime");

    /** The id as an OSGi feature has it. */
    String id() {
        return key + ":" + version;
    }

    /**
     * Reads what {@code mvn dependency:list} wrote, and leaves out what is for the build or for tests only.
     *
     * @param list lines such as {@code org.example:name:jar:1.0:runtime:/path/name-1.0.jar}
     */
    static List<Artifact> read(Path list) throws IOException {
        List<Artifact> artifacts = new ArrayList<>();
        for (String line : Files.readAllLines(list)) {
            // Behind the path the plugin may name the jar's module.
            String[] parts = line.strip().replaceFirst(" -- module .*", "").split(":");
            boolean classified = parts.length == 7;
            if ((classified || parts.length == 6) && SHIPPED_SCOPES.contains(parts[parts.length - 2])) {
                String key = Arrays.stream(parts, 0, classified ? 4 : 2).collect(Collectors.joining(":"));
                artifacts.add(new Artifact(key, parts[parts.length - 3], Path.of(parts[parts.length - 1])));
            }
        }
        return artifacts;
    }
}
