package io.fieldgate.launcher.features;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureArtifact;
import org.osgi.service.feature.FeatureBundle;
import org.osgi.service.feature.FeatureConfiguration;
import org.osgi.service.feature.FeatureExtension;
import org.osgi.service.feature.FeatureService;
import org.osgi.service.feature.ID;

/**
 * The features of a folder, checked against the dependencies: what they name must be there, and what is there must be named.
 *
 * <p>In the sources a version is written <code>${version}</code>; it comes from the dependencies, so that it stands in one place.
 */
final class FeatureSet {

    /** Extension with the artifacts of the launcher's class path. */
    static final String CLASS_PATH = "io.fieldgate.class-path";

    /** Extension with framework properties, as the OSGi Feature Launcher names it. */
    static final String FRAMEWORK_PROPERTIES = "framework-launching-properties";

    /** Metadata of a bundle: its start level, as the OSGi Feature Launcher names it. */
    static final String START_LEVEL = "bundleStartLevel";

    /** Metadata of an artifact of the class path: whether the framework exports its packages. */
    static final String EXPORTED = "exported";

    private static final Pattern VERSIONLESS = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+):\\$\\{version}\"");

    private final Map<String, String> texts = new TreeMap<>();
    private final List<Feature> features = new ArrayList<>();
    private final Map<String, Artifact> artifacts = new LinkedHashMap<>();

    private FeatureSet(List<Artifact> dependencies) {
        dependencies.forEach(artifact -> artifacts.put(artifact.id(), artifact));
    }

    /**
     * Reads the features and checks them.
     *
     * @param folder where the {@code .json} files lie
     * @param version the version of the project, which is that of the features
     * @throws IllegalStateException if features and dependencies do not agree
     */
    static FeatureSet read(FeatureService service, Path folder, List<Artifact> dependencies, String version)
            throws IOException {
        FeatureSet set = new FeatureSet(dependencies);
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String text = set.withVersions(Files.readString(file), file, version);
            set.texts.put(file.getFileName().toString(), text);
            set.features.add(service.readFeature(new StringReader(text)));
        }
        set.check();
        return set;
    }

    private String withVersions(String text, Path file, String projectVersion) {
        return VERSIONLESS.matcher(text).replaceAll(match -> {
            String key = match.group(1);
            String version = key.contains(":osgifeature:") ? projectVersion : versionOf(key, file);
            return Matcher.quoteReplacement("\"id\": \"" + key + ":" + version + "\"");
        });
    }

    private String versionOf(String key, Path file) {
        return artifacts.values().stream()
                .filter(artifact -> artifact.key().equals(key))
                .map(Artifact::version)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        file.getFileName() + " names " + key + ", which is no dependency of the launcher"));
    }

    private void check() {
        Set<String> named = new LinkedHashSet<>();
        Stream.concat(bundles().stream().map(FeatureBundle::getID), classPathIds())
                .map(ID::toString)
                .forEach(id -> {
                    if (!named.add(id)) {
                        throw new IllegalStateException("the features name " + id + " twice");
                    }
                });
        Set<String> missing = new LinkedHashSet<>(named);
        missing.removeAll(artifacts.keySet());
        Set<String> unnamed = new LinkedHashSet<>(artifacts.keySet());
        unnamed.removeAll(named);
        if (!missing.isEmpty() || !unnamed.isEmpty()) {
            throw new IllegalStateException(
                    "features and dependencies of the launcher do not agree: named but no dependency: " + missing
                            + "; dependency but not named: " + unnamed);
        }
    }

    /** The text of each feature with its versions, by file name. */
    Map<String, String> texts() {
        return Collections.unmodifiableMap(texts);
    }

    /** All bundles, in the order in which they start. */
    List<FeatureBundle> bundles() {
        return features.stream()
                .flatMap(feature -> feature.getBundles().stream())
                .sorted(Comparator.comparingInt(FeatureSet::startLevel))
                .toList();
    }

    /** The start level of a bundle; each must have one. */
    static int startLevel(FeatureBundle bundle) {
        if (bundle.getMetadata().get(START_LEVEL) instanceof Number level && level.intValue() > 0) {
            return level.intValue();
        }
        throw new IllegalStateException(bundle.getID() + " needs a " + START_LEVEL + ", a whole number from 1");
    }

    /** The artifacts of the launcher's class path. */
    List<Artifact> classPath() {
        return classPathIds().map(this::artifact).toList();
    }

    /** Those artifacts of the class path whose packages the framework exports. */
    List<Artifact> exported() {
        return classPathArtifacts()
                .filter(artifact -> Boolean.TRUE.equals(artifact.getMetadata().get(EXPORTED)))
                .map(artifact -> artifact(artifact.getID()))
                .toList();
    }

    private Stream<ID> classPathIds() {
        return classPathArtifacts().map(FeatureArtifact::getID);
    }

    private Stream<FeatureArtifact> classPathArtifacts() {
        return extensions(CLASS_PATH).flatMap(extension -> extension.getArtifacts().stream());
    }

    /** The JSON texts of all extensions with framework properties. */
    List<String> frameworkProperties() {
        return extensions(FRAMEWORK_PROPERTIES).map(FeatureExtension::getJSON).toList();
    }

    private Stream<FeatureExtension> extensions(String name) {
        return features.stream()
                .map(feature -> feature.getExtensions().get(name))
                .filter(extension -> extension != null);
    }

    /** All default configurations. */
    List<FeatureConfiguration> configurations() {
        return features.stream()
                .flatMap(feature -> feature.getConfigurations().values().stream())
                .toList();
    }

    /** The dependency with an id that the features name. */
    Artifact artifact(ID id) {
        return artifacts.get(id.toString());
    }
}
