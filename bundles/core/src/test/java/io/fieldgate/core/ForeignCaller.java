package io.fieldgate.core;

import java.util.function.Consumer;

/** Somebody of a bundle with a loader of its own who is on the stack when something is done. */
public final class ForeignCaller implements Consumer<Runnable> {

    @Override
    public void accept(Runnable work) {
        work.run();
    }
}
