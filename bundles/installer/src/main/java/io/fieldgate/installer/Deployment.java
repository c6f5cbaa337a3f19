package io.fieldgate.installer;

import io.fieldgate.api.gateway.FailedFile;
import io.fieldgate.api.gateway.Update;
import io.fieldgate.api.gateway.UpdateException;
import io.fieldgate.api.gateway.UpdateOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what is installed follow what lies in {@code deploy/}. It compares the two and mends the difference by updates, so a restart of the installer
 * needs nothing but another look.
 *
 * <p>Several new files are tried together first, for one may need what another brings and they need only one probation; if that fails, each
 * by itself.
 *
 * <p><b>Threading.</b> For one thread at a time; what is listed can be listed by any.
 */
final class Deployment {

    private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);

    private static final Comparator<DroppedFile> BEST_FIRST = Comparator.comparing(
                    (DroppedFile file) -> file.jar().version(), Versions.ORDER)
            .thenComparing(DroppedFile::modified)
            .thenComparing(DroppedFile::file)
            .reversed();

    private final DeployFolder folder;
    private final Store store;
    private final DesiredFile desired;
    private final Requests requests;
    private final Failures failures;
    private final Runner runner;
    private final BooleanSupplier ended;
    private final String self;

    /** What each file holds. One that has become unreadable keeps its entry, so that what came from it stays. */
    private final Map<Path, DroppedFile> files = new ConcurrentSkipListMap<>();

    /** Which file was last said to be shadowed by which bundle. */
    private final Map<Path, String> shadowed = new TreeMap<>();

    private boolean dirty = true;

    Deployment(Parts parts, String self, BooleanSupplier ended) {
        folder = parts.folder();
        store = parts.store();
        desired = parts.desired();
        requests = parts.requests();
        failures = parts.failures();
        runner = parts.runner();
        this.self = self;
        this.ended = ended;
    }

    /**
     * What a deployment works with.
     *
     * @param folder tells of changes
     * @param store keeps the copies
     * @param desired what is to run
     * @param requests makes updates
     * @param failures remembers what did not work
     * @param runner runs updates
     */
    record Parts(
            DeployFolder folder,
            Store store,
            DesiredFile desired,
            Requests requests,
            Failures failures,
            Runner runner) {}

    /** Runs an update to its end. */
    @FunctionalInterface
    interface Runner {

        /** Returns when it has ended. */
        void run(UpdateRun update);
    }

    /**
     * Looks at the folder once and does what is to be done.
     *
     * @return whether anything had changed
     */
    boolean round() {
        look();
        boolean changed = dirty;
        if (changed) {
            dirty = false;
            removeOrphans();
            deployAll();
        }
        return changed;
    }

    /** Looks at the folder once and does nothing yet. */
    void look() {
        DeployFolder.Changes changes = folder.round();
        for (Path file : changes.gone()) {
            files.remove(file);
            shadowed.remove(file);
            failures.clear(file);
        }
        forgetRefusals(changes.gone());
        changes.settled().forEach(this::stage);
        dirty |= !changes.isEmpty();
    }

    /** Why an update that a file has asked for is not wanted any more, if so. */
    Optional<String> objection(UpdateRun run) {
        for (Target target : run.targets()) {
            if (target.file().isPresent()) {
                DroppedFile file = target.file().get();
                DroppedFile now = files.get(file.file());
                if (now == null) {
                    return Optional.of("deploy/" + file.name() + " was taken away");
                }
                if (!now.jar().sha256().equals(file.jar().sha256())) {
                    return Optional.of("deploy/" + file.name() + " has changed: it holds " + now.jar() + " now");
                }
            }
        }
        return Optional.empty();
    }

    /** Tells whether a file was seen that is still being written. */
    boolean unsettled() {
        return folder.unsettled();
    }

    /** The jars that files hold, by SHA-256. */
    Set<String> jars() {
        return files.values().stream().map(file -> file.jar().sha256()).collect(Collectors.toSet());
    }

    /** The files that have failed, for people. */
    List<FailedFile> failures() {
        return failures.list();
    }

    private void stage(Path file, long modified) {
        shadowed.remove(file);
        failures.clear(file);
        String name = String.valueOf(file.getFileName());
        try (InputStream in = Files.newInputStream(file)) {
            Store.Entry copy = store.put(in);
            try {
                DroppedFile next = new DroppedFile(file, modified, BundleFile.read(copy));
                files.put(file, next);
                Desired.Refused refused = desired.now().refused().get(name);
                if (refused != null && refused.sha256().equals(copy.sha256()) && refused.modified() == modified) {
                    failures.add(file, next.jar().toString(), refused.reason(), true);
                }
            } finally {
                store.release(copy.sha256()); // from now on it is kept for it is one of the files
            }
        } catch (UpdateException e) {
            failures.add(file, "", String.valueOf(e.getMessage()), true);
        } catch (IOException e) {
            // It is tried at each round, and said once.
            failures.add(file, "", "it cannot be copied: " + Reasons.of(e), false);
            folder.again(file);
        }
    }

    /** A file that was taken away and is put back is tried again. */
    private void forgetRefusals(Set<Path> gone) {
        Set<String> names =
                gone.stream().map(file -> String.valueOf(file.getFileName())).collect(Collectors.toSet());
        names.retainAll(desired.now().refused().keySet());
        if (names.isEmpty()) {
            return;
        }
        try {
            desired.write(desired.now().refusingNoMore(names), Update.State.STAGED);
        } catch (IOException e) {
            LOG.warn("what was refused of deploy/ is not forgotten: {}", Reasons.of(e));
        }
    }

    /** What came from files that have gone gives way to what there is without them. */
    private void removeOrphans() {
        Set<String> claimed =
                files.values().stream().map(file -> file.jar().symbolicName()).collect(Collectors.toSet());
        boolean unreadable = folder.unsettled() || !files.keySet().containsAll(failures.files());
        List<Target> orphans = new ArrayList<>();
        for (Map.Entry<String, Desired.Layers> entry : desired.now().bundles().entrySet()) {
            boolean dropped = entry.getValue().dropped().isPresent();
            // A file that cannot be read may be where they came from.
            if (dropped && !claimed.contains(entry.getKey()) && !unreadable) {
                try {
                    orphans.add(requests.withoutDrop(entry.getKey()));
                } catch (UpdateException e) {
                    LOG.error("{} stays though its file has gone: {}", entry.getKey(), e.getMessage());
                }
            }
        }
        if (!orphans.isEmpty() && !ended.getAsBoolean()) {
            runner.run(requests.run(
                    orphans,
                    UpdateOptions.of("deploy/", "")
                            .onThisMachine()
                            .allowingDowngrade()
                            .allowingRefresh(),
                    Update.State.STAGED));
        }
    }

    /** All together, then each by itself, and again after each success, for one bundle may need what another one brings. */
    private void deployAll() {
        Set<Path> tried = new HashSet<>();
        boolean together = false;
        boolean progress = true;
        while (progress) {
            progress = false;
            List<DroppedFile> wanted = wanted(tried);
            List<DroppedFile> others = wanted.stream()
                    .filter(file -> !file.jar().symbolicName().equals(self))
                    .toList();
            if (others.size() > 1 && !together) {
                together = true;
                progress = true;
                deployTogether(others);
                continue;
            }
            for (DroppedFile next : wanted) {
                if (ended.getAsBoolean()) {
                    return;
                }
                if (deploy(next)) {
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

    private void deployTogether(List<DroppedFile> several) {
        List<Target> targets = new ArrayList<>();
        for (DroppedFile file : several) {
            try {
                targets.add(requests.drop(file, isOverwritten(file), options(file.name())));
            } catch (UpdateException e) {
                LOG.debug("deploy/{} is tried by itself, and will be refused", file.name(), e);
            }
        }
        if (targets.size() > 1 && !ended.getAsBoolean()) {
            runner.run(requests.run(targets, options(""), Update.State.STAGED));
        }
    }

    private boolean deploy(DroppedFile next) {
        String bundle = next.jar().toString();
        try {
            Target target = requests.drop(next, isOverwritten(next), options(next.name()));
            UpdateRun run = requests.run(List.of(target), options(next.name()), Update.State.STAGED);
            runner.run(run);
            if (run.state() == Update.State.COMMITTED) {
                failures.clear(next.file());
                return true;
            }
            if (!next.equals(files.get(next.file()))) {
                return false; // the next round looks at what the file holds now
            }
            boolean lasting = desired.now().refused().containsKey(next.name());
            failures.add(next.file(), bundle, run.reason().orElse("the gateway stops"), lasting);
        } catch (UpdateException e) {
            failures.add(next.file(), bundle, String.valueOf(e.getMessage()), false);
        }
        return false;
    }

    private static UpdateOptions options(String file) {
        return UpdateOptions.of("deploy/" + file, "").onThisMachine();
    }

    /** Tells whether what runs came from this very file, so that it must not become older. */
    private boolean isOverwritten(DroppedFile file) {
        return desired.now()
                .layers(file.jar().symbolicName())
                .dropped()
                .filter(dropped -> dropped.file().equals(file.name()))
                .isPresent();
    }

    /** Of each name the best file that has not failed and is not what runs, the installer itself as the last. */
    private List<DroppedFile> wanted(Set<Path> tried) {
        Map<String, List<DroppedFile>> byName = files.values().stream()
                .filter(file -> !failures.lasting(file.file()) && !tried.contains(file.file()))
                .sorted(BEST_FIRST)
                .collect(Collectors.groupingBy(file -> file.jar().symbolicName(), TreeMap::new, Collectors.toList()));
        byName.values().forEach(this::warnOfShadowed);
        return byName.values().stream()
                .map(list -> list.get(0))
                .filter(this::isNews)
                .sorted(Comparator.comparing(file -> file.jar().symbolicName().equals(self)))
                .toList();
    }

    private boolean isNews(DroppedFile file) {
        if (requests.isDeployed(file.jar())) {
            failures.clear(file.file());
            return false;
        }
        return true;
    }

    private void warnOfShadowed(List<DroppedFile> bestFirst) {
        DroppedFile best = bestFirst.get(0);
        for (DroppedFile other : bestFirst.subList(1, bestFirst.size())) {
            String by = best.jar() + " of " + best.name();
            if (!by.equals(shadowed.put(other.file(), by))) {
                LOG.warn("deploy/{} is not used: {} comes before its {}", other.name(), by, other.jar());
            }
        }
    }
}
