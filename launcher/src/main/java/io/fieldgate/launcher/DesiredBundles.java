package io.fieldgate.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs otherwise than it was shipped: what the installer has committed, as it stands in {@code data/installer/state}. Whatever is wrong with it,
 * the gateway starts: then with the state before, or what was shipped, and the log says so.
 */
final class DesiredBundles {

    private static final Logger LOG = LoggerFactory.getLogger(DesiredBundles.class);
    private static final String FORM = "fieldgate-installer 1 ";
    private static final String NAME = "state";
    private static final String BEFORE = "state.before";

    private final Path store;
    private final List<Entry> entries;

    private DesiredBundles(Path store, List<Entry> entries) {
        this.store = store;
        this.entries = entries;
    }

    /**
     * A line of the state.
     *
     * @param kind {@code deploy} if it lies in {@code deploy/}, {@code update} if it came otherwise
     * @param symbolicName the bundle
     * @param version its version
     * @param sha256 its jar in the store
     */
    record Entry(String kind, String symbolicName, String version, String sha256) {

        @Override
        public String toString() {
            return symbolicName + ' ' + version;
        }
    }

    /** Reads the state in the data of a home. */
    static DesiredBundles read(Path data) {
        Path folder = data.resolve("installer");
        Path store = data.resolve("store");
        Optional<List<Entry>> now = entries(folder.resolve(NAME));
        if (now.isPresent()) {
            return new DesiredBundles(store, now.get());
        }
        Optional<List<Entry>> before = entries(folder.resolve(BEFORE));
        if (before.isPresent() || Files.exists(folder.resolve(NAME))) {
            LOG.error(
                    "{} cannot be used, so the gateway runs {}",
                    folder.resolve(NAME),
                    before.isPresent() ? "what stands in " + BEFORE : "what was shipped");
        }
        return new DesiredBundles(store, before.orElse(List.of()));
    }

    /** The bundles of which nothing was shipped. */
    List<Path> besides(List<ShippedBundle> shipped) {
        return entries.stream()
                .filter(entry -> shipped.stream()
                        .noneMatch(bundle -> bundle.symbolicName().equals(entry.symbolicName())))
                .flatMap(entry -> jar(entry).stream())
                .toList();
    }

    /** What runs instead of a bundle that was shipped. */
    Optional<Path> insteadOf(ShippedBundle shipped, Path jar) {
        Optional<Entry> found = entries.stream()
                .filter(entry -> entry.symbolicName().equals(shipped.symbolicName()))
                .findFirst();
        if (found.isPresent() && found.get().kind().equals("update") && isNewer(jar, found.get())) {
            LOG.info("{} is not used: what was shipped is newer", found.get());
            return Optional.empty();
        }
        return found.flatMap(this::jar);
    }

    private Optional<Path> jar(Entry entry) {
        Path jar = store.resolve(entry.sha256() + ".jar");
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
            if (HexFormat.of().formatHex(hash).equals(entry.sha256())) {
                return Optional.of(jar);
            }
            LOG.error("{} is not used: its copy {} is damaged", entry, jar);
        } catch (IOException e) {
            LOG.error("{} is not used: its copy cannot be read: {}", entry, e.toString());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
        return Optional.empty();
    }

    private static boolean isNewer(Path shipped, Entry entry) {
        try (JarFile jar = new JarFile(shipped.toFile())) {
            Attributes headers = jar.getManifest().getMainAttributes();
            Version version = Version.parseVersion(headers.getValue("Bundle-Version"));
            return compare(version, Version.parseVersion(entry.version())) > 0;
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("the version of {} cannot be found out: {}", shipped, e.toString());
            return false;
        }
    }

    /** The order of OSGi, but a release comes after its snapshots; the installer has the same. */
    static int compare(Version one, Version other) {
        Version first = new Version(one.getMajor(), one.getMinor(), one.getMicro());
        int numbers = first.compareTo(new Version(other.getMajor(), other.getMinor(), other.getMicro()));
        if (numbers != 0 || isSnapshot(one) == isSnapshot(other)) {
            return numbers != 0 ? numbers : one.compareTo(other);
        }
        return isSnapshot(one) ? -1 : 1;
    }

    private static boolean isSnapshot(Version version) {
        return version.getQualifier().toUpperCase(Locale.ROOT).endsWith("SNAPSHOT");
    }

    /** The lines of a state file, or empty if it is not there or not whole. */
    private static Optional<List<Entry>> entries(Path file) {
        try {
            String text = Files.readString(file);
            int end = text.indexOf('\n');
            String rest = text.substring(end + 1);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(rest.getBytes(StandardCharsets.UTF_8));
            if (end < 0 || !text.substring(0, end).equals(FORM + HexFormat.of().formatHex(hash))) {
                LOG.error("{} is torn or was changed by hand", file);
                return Optional.empty();
            }
            List<Entry> entries = new ArrayList<>();
            for (String line : rest.split("\n", -1)) {
                String[] words = line.split(" ", -1);
                if (words.length == 4 && (words[0].equals("deploy") || words[0].equals("update"))) {
                    entries.add(new Entry(words[0], words[1], words[2], words[3]));
                }
            }
            return Optional.of(entries);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.error("{} cannot be read: {}", file, e.toString());
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
