package io.fieldgate.launcher.features;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** The two headers of a bundle's manifest that matter here. */
final class JarManifest {

    private static final Pattern QUOTED = Pattern.compile("(;\\s*[\\w.-]+:?=)\"([^\"]*)\"");
    private static final Pattern VERSION = Pattern.compile(";\\s*version=([\\w.-]+)");

    private final Path jar;
    private final Attributes headers;

    JarManifest(Path jar) throws IOException {
        this.jar = jar;
        try (JarFile file = new JarFile(jar.toFile())) {
            headers = file.getManifest() == null
                    ? new Attributes()
                    : file.getManifest().getMainAttributes();
        }
    }

    /** The symbolic name, without its directives. */
    String symbolicName() {
        String name = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (name == null) {
            throw new IllegalStateException(jar.getFileName() + " is no bundle: it has no symbolic name");
        }
        return name.split(";", 2)[0].strip();
    }

    /** The exported packages with their versions; a package may be exported in several, for old importers too. */
    Map<String, SortedSet<Version>> exports() {
        Map<String, SortedSet<Version>> exports = new LinkedHashMap<>();
        String header = headers.getValue(Constants.EXPORT_PACKAGE);
        if (header == null) {
            return exports;
        }
        // Only values in quotes have commas; the version is all that counts of them.
        Matcher quoted = QUOTED.matcher(header);
        String plain = quoted.replaceAll(match ->
                match.group(1).contains("version") ? Matcher.quoteReplacement(match.group(1) + match.group(2)) : "");
        for (String clause : plain.split(",", -1)) {
            Matcher version = VERSION.matcher(clause);
            exports.computeIfAbsent(clause.split(";", 2)[0].strip(), name -> new TreeSet<>())
                    .add(version.find() ? Version.parseVersion(version.group(1)) : Version.emptyVersion);
        }
        return exports;
    }
}
