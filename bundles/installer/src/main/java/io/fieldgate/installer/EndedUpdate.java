package io.fieldgate.installer;

import io.fieldgate.api.gateway.Update;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An update as the state file has it.
 *
 * @param deed what it says
 */
record EndedUpdate(Deed deed) implements Update {

    @Override
    public long id() {
        return deed.id();
    }

    @Override
    public List<Part> parts() {
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

    @Override
    public void onState(Consumer<State> listener) {
        listener.accept(deed.state());
    }

    @Override
    public State await(Duration limit) {
        return deed.state();
    }
}
