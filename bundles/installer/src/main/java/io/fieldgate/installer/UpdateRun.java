package io.fieldgate.installer;

import io.fieldgate.api.gateway.Update;
import io.fieldgate.api.gateway.UpdateOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An update: one of this installer, or one that another has begun or ended. Safe for use by many threads. */
final class UpdateRun implements Update {

    private static final Logger LOG = LoggerFactory.getLogger(UpdateRun.class);

    private final List<Target> targets;
    private final UpdateOptions options;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<State> passed = new ArrayList<>(); // guarded by this
    private final List<Consumer<State>> listeners = new ArrayList<>(); // guarded by this
    private volatile Deed deed;
    private volatile Optional<UpdateRun> successor = Optional.empty();

    UpdateRun(Deed begin, List<Target> targets, UpdateOptions options) {
        deed = begin;
        this.targets = List.copyOf(targets);
        this.options = options;
        passed.add(begin.state());
        if (begin.state().isEnd()) {
            ended.countDown();
        }
    }

    /** An update as the state file has it. */
    static UpdateRun of(Deed deed) {
        return new UpdateRun(deed, List.of(), UpdateOptions.of(deed.by(), ""));
    }

    List<Target> targets() {
        return targets;
    }

    UpdateOptions options() {
        return options;
    }

    Deed deed() {
        return deed;
    }

    /** The names of its bundles. */
    Set<String> names() {
        return deed.parts().stream().map(Deed.Part::symbolicName).collect(Collectors.toSet());
    }

    /** Notes that a newer update of one of its bundles wants its place. */
    void supersedeBy(UpdateRun newer) {
        successor = Optional.of(newer);
    }

    /** Why it must end, if a newer update wants its place. */
    Optional<String> superseded() {
        return successor.map(newer ->
                "superseded by update " + newer.id() + " (" + newer.deed().subject() + ')');
    }

    /** Brings it to another state and tells everybody. */
    void move(Deed next) {
        List<Consumer<State>> told;
        synchronized (this) {
            deed = next;
            passed.add(next.state());
            told = List.copyOf(listeners);
            if (next.state().isEnd()) {
                listeners.clear(); // they may come from bundles that go
            }
        }
        told.forEach(listener -> tell(listener, next.state()));
        if (next.state().isEnd()) {
            ended.countDown();
        }
    }

    @Override
    public void onState(Consumer<State> listener) {
        List<State> before;
        synchronized (this) {
            before = List.copyOf(passed);
            before.forEach(state -> tell(listener, state)); // within the lock, so that no later one overtakes them
            listeners.add(listener);
        }
    }

    private static void tell(Consumer<State> listener, State state) {
        try {
            listener.accept(state);
        } catch (RuntimeException e) {
            LOG.warn("somebody who was told that an update is {} has failed", state, e);
        }
    }

    @Override
    public State await(Duration limit) throws InterruptedException {
        var unused = ended.await(limit.toMillis(), TimeUnit.MILLISECONDS); // the state says it, too
        return state();
    }

    @Override
    public long id() {
        return deed.id();
    }

    @Override
    public List<Update.Part> parts() {
        return List.copyOf(deed.parts());
    }

    @Override
    public State state() {
        return deed.state();
    }

    @Override
    public Optional<String> reason() {
        return deed.reason();
    }

    @Override
    public String by() {
        return deed.by();
    }

    @Override
    public Instant since() {
        return deed.since();
    }

    @Override
    public Instant changed() {
        return deed.changed();
    }
}
