package io.fieldgate.installer;

import java.util.concurrent.CountDownLatch;

/** In a test bundle: a component that is never made; an interrupt ends the attempt. */
public final class HangingComponent implements Runnable {

    /** Hangs. */
    public HangingComponent() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Override
    public void run() {
        // Nobody gets this far.
    }
}
