package io.fieldgate.installer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** In a test bundle: its start waits, deaf to interrupts, for a latch that the test has registered as a service. */
public final class HangingActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        CountDownLatch latch = context.getService(context.getServiceReference(CountDownLatch.class));
        boolean released = false;
        while (!released) {
            try {
                released = latch.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                released = false;
            }
        }
    }

    @Override
    public void stop(BundleContext context) {
        // Nothing was begun.
    }
}
