package io.fieldgate.installer;

import io.fieldgate.api.gateway.FailedFile;
import io.fieldgate.api.gateway.InstalledBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what is installed follow what lies in {@code deploy/}.
 *
 * <p>It compares the two and mends the difference, so a restart of the installer needs nothing but another look: a bundle that
 * is there already, by its location, is left as it is.
 *
 * <p><b>Threading.</b> {@link #round} is for one thread at a time; what is listed can be listed by any.
 */
final class Deployment {

    private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);

    private static final Comparator<BundleFile> BEST_FIRST = Comparator.comparing(BundleFile::version)
            .thenComparing(BundleFile::modified)
            .thenComparing(BundleFile::file)
            .reversed();

    private final DeployFolder folder;
    private final Store store;
    private final Inventory inventory;
    private final Verification verification;
    private final Replacement replacement;
    private final Failures failures;
    private final ComponentReport components;
    private final BooleanSupplier ended;
    private final String self;

    /** What each file holds. One that has become unreadable keeps its entry, so that what came from it stays. */
    private final Map<Path, BundleFile> files = new ConcurrentSkipListMap<>();

    /** Which file was last said to be shadowed by which bundle. */
    private final Map<Path, String> shadowed = new TreeMap<>();

    /** Names of bundles that an installer before this one has deployed, and that no file has claimed yet. */
    private final Set<String> unclaimed;

    private boolean firstRound = true;
    private volatile boolean replacesItself;

    Deployment(Parts parts, String self, BooleanSupplier ended) {
        folder = parts.folder();
        store = parts.store();
        inventory = parts.inventory();
        verification = parts.verification();
        replacement = parts.replacement();
        failures = parts.failures();
        components = parts.components();
        this.self = self;
        this.ended = ended;
        unclaimed = inventory.deployed().stream().map(Bundle::getSymbolicName).collect(Collectors.toSet());
    }

    /**
     * What a deployment works with.
     *
     * @param folder tells of changes
     * @param store keeps the copies
     * @param inventory knows what is installed
     * @param verification refuses bundles
     * @param replacement puts bundles in place
     * @param failures remembers what did not work
     * @param components looks at bundles that have started
     */
    record Parts(
            DeployFolder folder,
            Store store,
            Inventory inventory,
            Verification verification,
            Replacement replacement,
            Failures failures,
            ComponentReport components) {}

    /** Looks at the folder once and does what is to be done. */
    void round() {
        components.report();
        DeployFolder.Changes changes = folder.round();
        if (changes.isEmpty() && !firstRound) {
            return;
        }
        firstRound = false;
        for (Path file : changes.gone()) {
            files.remove(file);
            forget(file);
        }
        changes.settled().forEach(this::stage);
        removeOrphans();
        deployAll();
        // Not while a file waits to be read, for what is kept of it would be lost.
        if (!ended.getAsBoolean() && !folder.unsettled()) {
            collectGarbage();
        }
    }

    /** Tells whether a file was seen that is still being written. */
    boolean unsettled() {
        return folder.unsettled();
    }

    /** Tells whether the bundle that is being replaced now is the installer's own. */
    boolean replacesItself() {
        return replacesItself;
    }

    /** Each bundle, for people. */
    List<InstalledBundle> bundles() {
        return inventory.list(bundle -> files.values().stream()
                .filter(file -> file.location().equals(bundle.getLocation()))
                .map(BundleFile::fileName)
                .findFirst());
    }

    /** The files that have failed, for people. */
    List<FailedFile> failures() {
        return failures.list();
    }

    private void stage(Path file, long modified) {
        shadowed.remove(file);
        try {
            BundleFile next = BundleFile.read(file, modified, store.put(file));
            failures.clear(file);
            files.put(file, next);
            unclaimed.remove(next.symbolicName());
            Optional<String> mark = store.failure(next.sha256(), modified);
            if (mark.isPresent()) {
                failures.add(file, next.toString(), DeployException.lasting(mark.get(), null));
            }
        } catch (DeployException e) {
            failures.clear(file);
            failures.add(file, "", e);
        } catch (IOException e) {
            // It is tried at each round, and said once.
            failures.add(file, "", DeployException.passing("it cannot be copied: " + DeployException.reasonOf(e)));
            folder.again(file);
        }
    }

    private void forget(Path file) {
        failures.clear(file);
        shadowed.remove(file);
    }

    private void removeOrphans() {
        Set<String> claimed =
                files.values().stream().map(BundleFile::symbolicName).collect(Collectors.toCollection(HashSet::new));
        if (folder.unsettled() || !files.keySet().containsAll(failures.files())) {
            // A file that cannot be read may be where they came from.
            claimed.addAll(unclaimed);
        }
        for (Bundle bundle : inventory.deployed()) {
            if (!claimed.contains(bundle.getSymbolicName()) && !ended.getAsBoolean()) {
                replacesItself = self.equals(bundle.getSymbolicName());
                replacement.remove(bundle, inventory.shipped(bundle.getSymbolicName()));
                replacesItself = false;
            }
        }
    }

    /** Again after each success, for one bundle may need what another one brings. */
    private void deployAll() {
        Set<Path> tried = new HashSet<>();
        boolean progress = true;
        while (progress) {
            progress = false;
            for (BundleFile next : wanted(tried)) {
                if (ended.getAsBoolean()) {
                    return;
                }
                if (isThere(next)) {
                    failures.clear(next.file());
                } else if (deploy(next)) {
                    progress = true;
                } else {
                    tried.add(next.file());
                }
            }
            if (progress) {
                tried.clear();
            }
        }
    }

    private boolean deploy(BundleFile next) {
        Optional<Bundle> current = inventory.current(next.symbolicName());
        try {
            verification.verify(next, current);
            replacesItself = self.equals(next.symbolicName());
            replacement.replace(next, current);
        } catch (DeployException e) {
            failures.add(next.file(), next.toString(), e);
            return false;
        } finally {
            replacesItself = false;
        }
        failures.clear(next.file());
        inventory.deployed(next.symbolicName()).ifPresent(components::expect);
        return true;
    }

    private boolean isThere(BundleFile next) {
        return inventory
                .deployed(next.symbolicName())
                .filter(bundle -> bundle.getLocation().equals(next.location()))
                .isPresent();
    }

    /** Of each name the best file that has not failed, the installer itself as the last. */
    private List<BundleFile> wanted(Set<Path> tried) {
        Map<String, List<BundleFile>> byName = files.values().stream()
                .filter(file -> !failures.lasting(file.file()) && !tried.contains(file.file()))
                .sorted(BEST_FIRST)
                .collect(Collectors.groupingBy(BundleFile::symbolicName, TreeMap::new, Collectors.toList()));
        byName.values().forEach(this::warnOfShadowed);
        List<BundleFile> own = byName.getOrDefault(self, List.of());
        List<BundleFile> wanted = new ArrayList<>();
        byName.values().stream().filter(list -> list != own).forEach(list -> wanted.add(list.get(0)));
        own.stream().findFirst().ifPresent(wanted::add);
        return wanted;
    }

    private void warnOfShadowed(List<BundleFile> bestFirst) {
        BundleFile best = bestFirst.get(0);
        for (BundleFile other : bestFirst.subList(1, bestFirst.size())) {
            String by = best + " of " + best.fileName();
            if (!by.equals(shadowed.put(other.file(), by))) {
                LOG.warn("deploy/{} is not used: {} comes before its {}", other.fileName(), by, other);
            }
        }
    }

    private void collectGarbage() {
        Set<String> used = Stream.concat(
                        files.values().stream().map(BundleFile::sha256),
                        inventory.deployed().stream().map(Inventory::sha256))
                .collect(Collectors.toSet());
        try {
            store.retain(used);
        } catch (IOException e) {
            LOG.warn("the store of jars is not cleared of what nobody uses: {}", DeployException.reasonOf(e));
        }
    }
}
