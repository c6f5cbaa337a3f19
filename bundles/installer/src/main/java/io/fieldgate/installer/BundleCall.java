package io.fieldgate.installer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * Starts, stops and uninstalls bundles, each call on a thread of its own, so that a bundle that hangs holds up nobody but that
 * thread. A call that is late is not given up: it ends whenever the framework lets it, and what was called for happens then.
 *
 * <p><b>Threading.</b> Safe for use by many threads. No lock is held during a call.
 */
final class BundleCall {

    private final Duration limit;

    BundleCall(Duration limit) {
        this.limit = limit;
    }

    /** What to do with a bundle. */
    @FunctionalInterface
    interface Operation {
        /** Does it, on the calling thread. */
        void on(Bundle bundle) throws BundleException;
    }

    /** Starts a bundle; the thread of one that is late is interrupted. */
    void start(Bundle bundle) throws BundleException, TimeoutException {
        Thread[] runner = new Thread[1];
        try {
            run("start", bundle, Bundle::start, runner);
        } catch (TimeoutException e) {
            runner[0].interrupt();
            throw e;
        }
    }

    /** Stops a bundle, so that only a call starts it again. */
    void stop(Bundle bundle) throws BundleException, TimeoutException {
        run("stop", bundle, Bundle::stop, new Thread[1]);
    }

    /** Uninstalls a bundle, if it is still there. */
    void uninstall(Bundle bundle) throws BundleException, TimeoutException {
        run("uninstall", bundle, BundleCall::uninstallOnce, new Thread[1]);
    }

    /** Uninstalls a bundle as soon as it lets go, and does not wait for that. */
    void uninstallLater(Bundle bundle) {
        var unused = begin("uninstall", bundle, BundleCall::uninstallOnce, new Thread[1]);
    }

    private static void uninstallOnce(Bundle bundle) throws BundleException {
        try {
            bundle.uninstall();
        } catch (IllegalStateException e) {
            if (bundle.getState() != Bundle.UNINSTALLED) {
                throw e;
            }
        }
    }

    private void run(String verb, Bundle bundle, Operation operation, Thread[] runner)
            throws BundleException, TimeoutException {
        await(begin(verb, bundle, operation, runner), verb);
    }

    private static CompletableFuture<Void> begin(String verb, Bundle bundle, Operation operation, Thread[] runner) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Runnable call = () -> {
            try {
                operation.on(bundle);
                done.complete(null);
            } catch (Throwable e) { // whatever a foreign activator throws, an Error too, is the answer
                done.completeExceptionally(e);
            }
        };
        String name = "fieldgate-installer-" + verb + '-' + bundle.getSymbolicName();
        Thread thread = new Thread(null, call, name, 0, false);
        thread.setDaemon(true);
        // Not ours, or what the bundle keeps of this thread would keep this bundle's classes alive.
        thread.setContextClassLoader(Bundle.class.getClassLoader());
        runner[0] = thread;
        thread.start();
        return done;
    }

    private void await(CompletableFuture<Void> done, String verb) throws BundleException, TimeoutException {
        try {
            done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            TimeoutException late =
                    new TimeoutException("its " + verb + " has not ended within " + limit.toSeconds() + " s");
            late.initCause(e);
            throw late;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BundleException failure) {
                throw failure;
            }
            throw new BundleException(Reasons.of(e), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BundleException("interrupted during " + verb, e);
        }
    }
}
