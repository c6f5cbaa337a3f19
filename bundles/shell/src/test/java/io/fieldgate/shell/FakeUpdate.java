package io.fieldgate.shell;

import io.fieldgate.api.gateway.Update;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An update that goes on when it is told to. */
final class FakeUpdate implements Update {

    private record Bundle(String symbolicName, Optional<String> from, Optional<String> to, Optional<String> signer)
            implements Part {}

    private final long id;
    private final List<Part> parts;
    private final Instant since;
    private final List<State> states = new ArrayList<>();
    private final List<Consumer<State>> listeners = new ArrayList<>();
    private Optional<String> reason = Optional.empty();

    /** One of a bundle from 1.0.0 to 1.1.0. */
    FakeUpdate(long id, String name, Instant since) {
        this.id = id;
        this.since = since;
        parts = List.of(new Bundle(name, Optional.of("1.0.0"), Optional.of("1.1.0"), Optional.of("CN=Maker")));
        states.add(State.STAGED);
    }

    synchronized FakeUpdate to(State... next) {
        for (State state : next) {
            states.add(state);
            listeners.forEach(listener -> listener.accept(state));
        }
        return this;
    }

    synchronized FakeUpdate ends(State last, String why) {
        reason = Optional.of(why);
        return to(last);
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public List<Part> parts() {
        return parts;
    }

    @Override
    public synchronized State state() {
        return states.get(states.size() - 1);
    }

    @Override
    public synchronized Optional<String> reason() {
        return reason;
    }

    @Override
    public String by() {
        return "shell";
    }

    @Override
    public Instant since() {
        return since;
    }

    @Override
    public Instant changed() {
        return since.plusSeconds(1);
    }

    @Override
    public synchronized void onState(Consumer<State> listener) {
        states.forEach(listener);
        listeners.add(listener);
    }

    @Override
    public State await(Duration limit) {
        throw new UnsupportedOperationException("a command asks for the states");
    }
}
