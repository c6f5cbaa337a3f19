package io.fieldgate.installer;

import io.fieldgate.api.gateway.StagedBundle;
import io.fieldgate.api.gateway.Update;
import io.fieldgate.api.gateway.UpdateException;
import io.fieldgate.api.gateway.UpdateException.Reason;
import io.fieldgate.api.gateway.UpdateOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** Makes updates out of what somebody asks for, after the checks that need no turn. Safe for use by many threads. */
final class Requests {

    private static final int BUNDLES_MAX = 64;

    private final DesiredFile desired;
    private final Inventory inventory;
    private final Store store;
    private final Trust trust;
    private final Clock clock;
    private final AtomicLong lastId = new AtomicLong();

    Requests(DesiredFile desired, Inventory inventory, Store store, Trust trust, Clock clock) {
        this.desired = desired;
        this.inventory = inventory;
        this.store = store;
        this.trust = trust;
        this.clock = clock;
    }

    /** An update to staged bundles; one to what runs already has ended. */
    UpdateRun update(List<StagedBundle> bundles, UpdateOptions options) throws UpdateException {
        if (bundles.isEmpty() || bundles.size() > BUNDLES_MAX) {
            throw new UpdateException(
                    Reason.UNUSABLE, "an update has 1 to " + BUNDLES_MAX + " bundles, not " + bundles.size());
        }
        List<Target> targets = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        boolean news = false;
        for (StagedBundle bundle : bundles) {
            if (!(bundle instanceof Staging.Staged staged)) {
                throw new IllegalArgumentException("a bundle was not staged by this installer");
            }
            BundleFile jar = staged.jar();
            if (!names.add(jar.symbolicName())) {
                throw new UpdateException(Reason.UNUSABLE, jar.symbolicName() + " is there twice");
            }
            refuseDropped(jar.symbolicName());
            targets.add(Target.update(jar, check(jar, version(jar.symbolicName()), options)));
            news |= !runs(jar);
        }
        return run(targets, options, news ? Update.State.STAGED : Update.State.COMMITTED);
    }

    /** One step back. */
    UpdateRun rollback(String symbolicName, UpdateOptions options) throws UpdateException {
        refuseDropped(symbolicName);
        Desired.Layers layers = desired.now().layers(symbolicName);
        if (layers.update().isEmpty() || !isThere(symbolicName, layers.update().get())) {
            throw new UpdateException(
                    Reason.UNKNOWN,
                    inventory.current(symbolicName).isEmpty()
                            ? "no bundle is named " + symbolicName
                            : symbolicName + " is as it was shipped; there is no version before");
        }
        Optional<BundleFile> jar = layers.before().isEmpty()
                ? Optional.empty()
                : Optional.of(stored(layers.before().get()));
        Optional<String> signer = layers.before().flatMap(Desired.Version::signer);
        return run(List.of(Target.back(symbolicName, jar, signer)), options, Update.State.STAGED);
    }

    /** A file of {@code deploy/}; its signature and version are checked here. */
    Target drop(DroppedFile file, boolean overwritten, UpdateOptions options) throws UpdateException {
        String name = file.jar().symbolicName();
        Optional<Version> floor = overwritten
                ? version(name)
                : committed(desired.now().layers(name).update(), name);
        return Target.drop(file, check(file.jar(), floor, options));
    }

    /** What there is without the file in {@code deploy/} that has gone. */
    Target withoutDrop(String symbolicName) throws UpdateException {
        Optional<Desired.Version> update = desired.now().layers(symbolicName).update();
        boolean older = update.isPresent()
                && isOlder(Version.parseVersion(update.get().version()), inventory.shipped(symbolicName));
        return Target.withoutDrop(
                symbolicName, update.isEmpty() || older ? Optional.empty() : Optional.of(stored(update.get())));
    }

    /** Makes an update; its jars are held until {@link #release}. */
    UpdateRun run(List<Target> targets, UpdateOptions options, Update.State state) {
        Instant now = clock.instant();
        List<Deed.Part> parts = targets.stream()
                .map(target -> new Deed.Part(
                        target.symbolicName(),
                        version(target.symbolicName()).map(Version::toString),
                        target.jar()
                                .map(BundleFile::version)
                                .or(() ->
                                        inventory.shipped(target.symbolicName()).map(Bundle::getVersion))
                                .map(Version::toString),
                        target.signer()))
                .sorted(Comparator.comparing(Deed.Part::symbolicName))
                .toList();
        if (!state.isEnd()) {
            targets.forEach(target -> target.jar().ifPresent(jar -> store.hold(jar.sha256())));
        }
        return new UpdateRun(
                new Deed(nextId(), options.by(), now, now, state, Optional.empty(), parts), targets, options);
    }

    /** Lets the jars of an update go that has ended. */
    void release(UpdateRun run) {
        run.targets().forEach(target -> target.jar().ifPresent(jar -> store.release(jar.sha256())));
    }

    private long nextId() {
        Desired now = desired.now();
        long known = Math.max(
                now.ended().stream().mapToLong(Deed::id).max().orElse(0),
                now.open().map(Deed::id).orElse(0L));
        return lastId.updateAndGet(last -> Math.max(last, known) + 1);
    }

    private Optional<String> check(BundleFile jar, Optional<Version> floor, UpdateOptions options)
            throws UpdateException {
        Optional<String> signer = trust.signer(jar.jar(), options);
        Verification.verify(jar, inventory.current(jar.symbolicName()), floor, options);
        return signer;
    }

    private void refuseDropped(String symbolicName) throws UpdateException {
        Optional<Desired.Dropped> dropped = desired.now().layers(symbolicName).dropped();
        if (dropped.isPresent()) {
            throw new UpdateException(
                    Reason.DEPLOYED,
                    "deploy/" + dropped.get().file() + " decides which " + symbolicName + " runs: change that file, or "
                            + "take it away");
        }
    }

    /** The version that is committed, be it one that was shipped. */
    private Optional<Version> version(String symbolicName) {
        return committed(desired.now().layers(symbolicName).effective(), symbolicName);
    }

    private Optional<Version> committed(Optional<Desired.Version> stored, String symbolicName) {
        return stored.filter(version -> isThere(symbolicName, version))
                .map(version -> Version.parseVersion(version.version()))
                .or(() -> inventory.shipped(symbolicName).map(Bundle::getVersion));
    }

    /** Tells whether a jar is what {@code deploy/} has brought, and is there. */
    boolean isDeployed(BundleFile jar) {
        return desired.now().layers(jar.symbolicName()).dropped().isPresent() && runs(jar);
    }

    private boolean runs(BundleFile jar) {
        return desired.now()
                .layers(jar.symbolicName())
                .effective()
                .filter(version -> version.sha256().equals(jar.sha256()) && isThere(jar.symbolicName(), version))
                .isPresent();
    }

    /** Tells whether a version is in the framework; a newer shipped one keeps it out. */
    private boolean isThere(String symbolicName, Desired.Version version) {
        return inventory
                .stored()
                .anyMatch(bundle -> symbolicName.equals(bundle.getSymbolicName())
                        && inventory.sha256(bundle).equals(version.sha256()));
    }

    private BundleFile stored(Desired.Version version) throws UpdateException {
        return BundleFile.read(new Store.Entry(version.sha256(), store.jar(version.sha256())));
    }

    private static boolean isOlder(Version version, Optional<Bundle> shipped) {
        return shipped.filter(bundle -> Versions.ORDER.compare(version, bundle.getVersion()) < 0)
                .isPresent();
    }
}
