package io.fieldgate.installer;

import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.api.gateway.InstalledBundle;
import io.fieldgate.api.gateway.Update;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the installer is made of, and how its parts work together in a round. */
final class Parts {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Clock clock;
    private final DesiredFile desired;
    private final Store store;
    private final Staging staging;
    private final Trust trust;
    private final Inventory inventory;
    private final Requests requests;
    private final UpdateQueue queue;
    private final Trial trial;
    private final Engine engine;
    private final Deployment deployment;
    private final Queue<UpdateRun> overtaken = new ConcurrentLinkedQueue<>();
    private volatile Optional<UpdateRun> foreign = Optional.empty();
    private Runnable whenTried = () -> {};

    private Parts(BundleContext context, Path home, Settings settings, Clock clock, BooleanSupplier ended)
            throws IOException {
        this.clock = clock;
        BundleContext framework = context.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext();
        String self = context.getBundle().getSymbolicName();
        Path own = Files.createDirectories(home.resolve("data").resolve("installer"));
        String paused = context.getProperty(Edges.PROPERTY);
        Edges edges = paused == null ? Edges.NONE : Edges.pausingAt(paused, own);
        desired = new DesiredFile(own, edges);
        store = new Store(home.resolve("data").resolve("store"), edges, settings.bundleMaxBytes());
        staging = new Staging(store);
        trust = new Trust(home.resolve("etc"), clock);
        inventory = new Inventory(framework, store);
        requests = new Requests(desired, inventory, store, trust, clock);
        queue = new UpdateQueue(clock, this::gone);
        trial = new Trial(framework, inventory, new Probation(framework, settings.errorsMax()), settings.probation());
        engine = new Engine(
                new Engine.Parts(
                        framework,
                        context.getBundle(),
                        desired,
                        inventory,
                        new Activation(framework, inventory, new BundleCall(settings.start()), edges),
                        new SelfCheck(framework, self),
                        trial,
                        edges),
                clock);
        deployment = new Deployment(
                new Deployment.Parts(
                        new DeployFolder(Files.createDirectories(home.resolve("deploy")), clock),
                        store,
                        desired,
                        requests,
                        new Failures(clock),
                        this::runOfDeploy),
                self,
                ended);
    }

    static Parts of(BundleContext context, Settings settings, Clock clock, BooleanSupplier ended) throws IOException {
        String home = context.getProperty(Gateway.HOME);
        if (home == null) {
            throw new IllegalStateException("framework property " + Gateway.HOME + " is not set");
        }
        return new Parts(context, Path.of(home), settings, clock, ended);
    }

    DesiredFile desired() {
        return desired;
    }

    Staging staging() {
        return staging;
    }

    Trust trust() {
        return trust;
    }

    Requests requests() {
        return requests;
    }

    UpdateQueue queue() {
        return queue;
    }

    Engine engine() {
        return engine;
    }

    Deployment deployment() {
        return deployment;
    }

    /** Begins to be the one installer of the framework, and goes on with what another one has left. */
    void takeOver() {
        read();
        foreign.ifPresent(queue::begin);
        try {
            engine.goOn(foreign, this::interruption, store);
        } finally {
            queue.end();
        }
        if (engine.hasLeft()) {
            return;
        }
        follow();
        desired.sweep();
        collectGarbage();
    }

    /** Reads what another installer has written, which brings an update to its end that has replaced that one by this. */
    void read() {
        desired.read();
        follow();
    }

    private void follow() {
        Desired now = desired.now();
        if (foreign.isEmpty()) {
            foreign = now.open().map(UpdateRun::of);
            return;
        }
        UpdateRun run = foreign.get();
        Optional<Deed> deed = Stream.concat(now.open().stream(), now.ended().stream())
                .filter(known -> known.id() == run.id())
                .findFirst();
        deed.filter(known -> known.state() != run.state() && !run.state().isEnd())
                .ifPresent(run::move);
        if (run.state().isEnd()) {
            foreign = Optional.empty();
        }
    }

    /**
     * Does what there is to do.
     *
     * @param tried is run when the files of {@code deploy/} run, even if they are on probation
     */
    void round(Runnable tried) {
        if (engine.hasLeft()) {
            return;
        }
        whenTried = tried;
        noteGone();
        for (Optional<UpdateRun> next = queue.next(); next.isPresent(); next = queue.next()) {
            run(next.get());
            if (engine.hasLeft()) {
                return;
            }
        }
        boolean changed = deployment.round();
        // Not while a file waits to be read, for what is kept of it would be lost.
        if (!deployment.unsettled() && (changed || store.hasGrown())) {
            collectGarbage();
        }
    }

    /** An update has lost its place to a newer one; the installer's thread writes it down. */
    private void gone(UpdateRun run) {
        overtaken.add(run);
        requests.release(run);
    }

    private void noteGone() {
        for (UpdateRun run = overtaken.peek(); run != null; run = overtaken.peek()) {
            try {
                desired.write(desired.now().noting(run.deed()), Update.State.REFUSED);
            } catch (IOException e) {
                LOG.warn("update {} is missing in the history: {}", run.id(), Reasons.of(e));
            }
            overtaken.remove(run);
        }
    }

    /** Ends an update that has not had its turn. */
    void refuse(UpdateRun run, String reason) {
        run.move(run.deed().at(Update.State.REFUSED, Optional.of(reason), clock.instant()));
        requests.release(run);
    }

    List<InstalledBundle> bundles() {
        Set<String> trial = new HashSet<>();
        queue.current().filter(run -> !run.state().isEnd()).ifPresent(run -> trial.addAll(run.names()));
        return inventory.list(desired.now(), trial::contains);
    }

    List<Update> updates() {
        List<Update> updates = new ArrayList<>(queue.all());
        updates.addAll(overtaken);
        foreign.filter(run -> !updates.contains(run)).ifPresent(updates::add);
        Set<Long> known = new HashSet<>(updates.stream().map(Update::id).toList());
        Desired now = desired.now();
        now.open().filter(deed -> !known.contains(deed.id())).ifPresent(deed -> updates.add(UpdateRun.of(deed)));
        now.ended().stream()
                .filter(deed -> !known.contains(deed.id()))
                .map(UpdateRun::of)
                .forEach(updates::add);
        return List.copyOf(updates);
    }

    List<String> complaints() {
        return trial.complaints();
    }

    private void run(UpdateRun run) {
        try {
            engine.run(run, this::interruption);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("update {} has failed in a way that should not be", run.id(), e);
            engine.goOn(Optional.empty(), this::interruption, store);
            read();
            String reason = "the installer has failed: " + Reasons.of(e);
            run.move(run.deed().at(Update.State.ROLLED_BACK, Optional.of(reason), clock.instant()));
        } finally {
            queue.end();
            if (!engine.hasLeft()) {
                requests.release(run);
            }
        }
    }

    private void runOfDeploy(UpdateRun run) {
        queue.begin(run);
        run.onState(state -> {
            if (state == Update.State.PROBATION) {
                whenTried.run();
            }
        });
        run(run);
    }

    private Optional<String> interruption(UpdateRun run) {
        Optional<String> superseded = run.superseded();
        if (superseded.isPresent()) {
            return superseded;
        }
        deployment.look();
        return deployment.objection(run);
    }

    private void collectGarbage() {
        Set<String> used = new HashSet<>(desired.jars());
        used.addAll(deployment.jars());
        inventory.stored().map(inventory::sha256).forEach(used::add);
        try {
            store.retain(used);
        } catch (IOException e) {
            LOG.warn("the store of jars is not cleared of what nobody uses: {}", Reasons.of(e));
        }
    }
}
