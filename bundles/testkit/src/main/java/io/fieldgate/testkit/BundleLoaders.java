package io.fieldgate.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The class loaders in a gateway that have defined a class of one bundle, whatever its version. */
final class BundleLoaders {

    /** {@code jcmd VM.classloaders} begins a loader so; its classes follow. */
    private static final Pattern LOADER = Pattern.compile("\\+-- ");

    private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^\\w.$]+");

    private final Set<String> classes;

    private BundleLoaders(Set<String> classes) {
        this.classes = classes;
    }

    static BundleLoaders of(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return new BundleLoaders(file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .collect(Collectors.toSet()));
        }
    }

    /** How many of them are reachable after a full collection. */
    long in(GatewayProcess gateway) throws IOException, InterruptedException {
        Heap.of(gateway);
        String listed = Heap.jcmd(gateway, "VM.classloaders", "show-classes=true", "fold=false");
        return LOADER.splitAsStream(listed).filter(this::hasOneOfThem).count();
    }

    private boolean hasOneOfThem(String loader) {
        return Arrays.stream(NOT_IN_A_NAME.split(loader)).anyMatch(classes::contains);
    }
}
