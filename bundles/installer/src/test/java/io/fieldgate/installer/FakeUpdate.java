package io.fieldgate.installer;

import io.fieldgate.api.gateway.Update;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** An update whose states a test decides on. */
final class FakeUpdate implements Update {

    final List<Consumer<State>> listeners = new CopyOnWriteArrayList<>();

    private final long id;
    private final String name;
    private final String by;
    private final List<State> states = new CopyOnWriteArrayList<>();

    FakeUpdate(long id, String name, String by, State state) {
        this.id = id;
        this.name = name;
        this.by = by;
        states.add(state);
    }

    void become(State state) {
        states.add(state);
        listeners.forEach(listener -> listener.accept(state));
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public List<Part> parts() {
        return List.of(new Part() {
            @Override
            public String symbolicName() {
                return name;
            }

            @Override
            public Optional<String> from() {
                return Optional.of("1.0.0");
            }

            @Override
            public Optional<String> to() {
                return Optional.of("1.1.0");
            }

            @Override
            public Optional<String> signer() {
                return Optional.empty();
            }
        });
    }

    @Override
    public State state() {
        return states.get(states.size() - 1);
    }

    @Override
    public Optional<String> reason() {
        return state() == State.ROLLED_BACK ? Optional.of("it did not start") : Optional.empty();
    }

    @Override
    public String by() {
        return by;
    }

    @Override
    public Instant since() {
        return Instant.EPOCH;
    }

    @Override
    public Instant changed() {
        return Instant.EPOCH.plusSeconds(1);
    }

    @Override
    public void onState(Consumer<State> listener) {
        listeners.add(listener);
        states.forEach(listener);
    }

    @Override
    public State await(Duration limit) {
        throw new UnsupportedOperationException();
    }
}
