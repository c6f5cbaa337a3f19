package io.fieldgate.itest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a bundle of ours may say in its manifest and have in its jar. */
final class BundleRules {

    static final String API = "io.fieldgate.api";

    /** These export what authors of handlers and drivers compile against; all others have one package and export nothing. */
    private static final Set<String> EXPORTING = Set.of(API, "io.fieldgate.testkit");

    /** What of others a bundle carries within itself, and why: ADR 0012, 0018 to 0021. A name stands for what is below it too. */
    private static final Map<String, Set<String>> CARRIED = Map.of(
            "io.fieldgate.security", Set.of("org.springframework.security.crypto.bcrypt"),
            "io.fieldgate.driver.gpio", Set.of("com.diozero"),
            "io.fieldgate.driver.i2c", Set.of("com.diozero"),
            "io.fieldgate.driver.modbus", Set.of("com.fazecast.jSerialComm", "com.ghgande.j2mod.modbus"));

    private static final List<String> FORBIDDEN =
            List.of("Require-Bundle", "DynamicImport-Package", "Bundle-Activator", "Bundle-ClassPath", "Fragment-Host");

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern PACKAGE = Pattern.compile("(?:^|,)\\s*([A-Za-z_][\\w.]*)");

    private BundleRules() {}

    /** Everything that is wrong with a bundle; nothing if all is well. */
    static List<String> violations(Path jar, String artifactId) throws IOException {
        List<String> found = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            Attributes manifest = file.getManifest().getMainAttributes();
            String name =
                    String.valueOf(manifest.getValue("Bundle-SymbolicName")).replaceFirst(";.*", "");
            if (!name.equals(artifactId)) {
                found.add("its symbolic name is " + name + ", its artifact id " + artifactId);
            }
            if (manifest.getValue("Export-Package") != null && !EXPORTING.contains(artifactId)) {
                found.add("it exports " + manifest.getValue("Export-Package"));
            }
            FORBIDDEN.stream()
                    .filter(header -> manifest.getValue(header) != null)
                    .forEach(header -> found.add("it has " + header));
            packages(manifest.getValue("Import-Package"))
                    .filter(imported -> !mayImport(artifactId, imported))
                    .forEach(imported -> found.add("it imports " + imported));
            Set<String> content = content(file);
            content.removeIf(packageName -> CARRIED.getOrDefault(artifactId, Set.of()).stream()
                    .anyMatch(carried -> packageName.equals(carried) || packageName.startsWith(carried + '.')));
            if (!EXPORTING.contains(artifactId) && !content.equals(Set.of(artifactId))) {
                found.add("its packages are " + content);
            }
            content.stream()
                    .filter(packageName -> !(packageName + '.').startsWith(artifactId + '.'))
                    .forEach(packageName -> found.add("it contains " + packageName));
        }
        return found;
    }

    private static boolean mayImport(String artifactId, String imported) {
        if (imported.startsWith("io.fieldgate.")) {
            return imported.startsWith(API + '.');
        }
        return !imported.startsWith("org.eclipse.jetty.") || artifactId.startsWith("io.fieldgate.transport.");
    }

    private static Stream<String> packages(String header) {
        return header == null
                ? Stream.empty()
                : PACKAGE.matcher(QUOTED.matcher(header).replaceAll(""))
                        .results()
                        .map(BundleRules::name);
    }

    private static String name(MatchResult found) {
        return found.group(1);
    }

    private static Set<String> content(JarFile file) {
        return file.stream()
                .map(entry -> entry.getName())
                .filter(name -> name.endsWith(".class"))
                .map(name -> name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : "")
                .map(folder -> folder.replace('/', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
