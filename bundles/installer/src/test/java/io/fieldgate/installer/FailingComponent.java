package io.fieldgate.installer;

/** In a test bundle: a component that cannot be made. */
public final class FailingComponent implements Runnable {

    /** Fails. */
    public FailingComponent() {
        throw new IllegalStateException("no motor");
    }

    @Override
    public void run() {
        // Nobody gets this far.
    }
}
