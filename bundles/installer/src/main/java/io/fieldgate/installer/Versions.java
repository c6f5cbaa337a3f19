package io.fieldgate.installer;

import java.util.Comparator;
import java.util.Locale;
import org.osgi.framework.Version;

/** The order of versions: that of OSGi (Core 8, 3.2.5), but a release comes after its snapshots. */
final class Versions {

    private static final String SNAPSHOT = "SNAPSHOT";

    static final Comparator<Version> ORDER = Comparator.comparingInt(Version::getMajor)
            .thenComparingInt(Version::getMinor)
            .thenComparingInt(Version::getMicro)
            .thenComparing(version -> !isSnapshot(version))
            .thenComparing(Version::getQualifier);

    private Versions() {}

    private static boolean isSnapshot(Version version) {
        return version.getQualifier().toUpperCase(Locale.ROOT).endsWith(SNAPSHOT);
    }
}
