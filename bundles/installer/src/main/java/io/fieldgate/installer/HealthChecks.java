package io.fieldgate.installer;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The health checks of Felix that are tagged {@code update}. Each runs on a thread of its own, and again a second after its end for as long as
 * somebody looks. One that hangs is interrupted and not asked again before it has come back, so it costs one thread; if too many hang the
 * others cannot be asked.
 *
 * <p><b>Threading.</b> Safe for use by many threads. Its lock is not held while foreign code runs.
 */
final class HealthChecks {

    private static final String TAGGED = "(hc.tags=update)";
    private static final int THREADS_MAX = 8;
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long NAP_MS = 50;

    private final BundleContext framework;
    private final Duration limit;
    private final LongSupplier nanos;

    // guarded by this
    private final Map<ServiceReference<?>, Check> checks = new HashMap<>();
    private int running;

    /**
     * Knows none yet.
     *
     * @param framework finds them
     * @param limit how long each may take
     * @param nanos tells the time
     */
    HealthChecks(BundleContext framework, Duration limit, LongSupplier nanos) {
        this.framework = framework;
        this.limit = limit;
        this.nanos = nanos;
    }

    /** One check; the lock of all guards it. */
    private static final class Check {

        private final String name;
        private Thread thread; // null while it does not run
        private long begun;
        private boolean answered;
        private long answerBegun;
        private String answer;

        Check(String name) {
            this.name = name;
        }
    }

    /**
     * Says which are not well, and has those run that are due. Does not wait.
     *
     * @param since what was asked before is no answer, in nanoseconds of the clock
     * @return what is wrong, by the name of the check
     */
    Map<String, String> look(long since) {
        List<ServiceReference<?>> found = find();
        synchronized (this) {
            checks.keySet().retainAll(Set.copyOf(found));
            Map<String, String> red = new TreeMap<>();
            for (ServiceReference<?> reference : found) {
                Check check = checks.computeIfAbsent(reference, key -> new Check(nameOf(key)));
                askAgain(reference, check, since);
                String complaint = complaint(check, since);
                if (!complaint.isEmpty()) {
                    red.put(check.name, complaint);
                }
            }
            return red;
        }
    }

    /** The same, but waits until all have answered or their time is up. */
    Map<String, String> ask() {
        long since = nanos.getAsLong();
        Map<String, String> red = look(since);
        try {
            awaitAnswers(since);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return red;
        }
        return look(since);
    }

    private synchronized void awaitAnswers(long since) throws InterruptedException {
        while (nanos.getAsLong() - since < limit.toNanos()
                && checks.values().stream().anyMatch(check -> !isAnswered(check, since) && !hangs(check))) {
            wait(NAP_MS);
            checks.forEach((reference, check) -> askAgain(reference, check, since)); // there may be a thread for it now
        }
    }

    private void askAgain(ServiceReference<?> reference, Check check, long since) {
        long now = nanos.getAsLong();
        if (check.thread != null) {
            if (hangs(check)) {
                check.thread.interrupt();
            }
        } else if (running < THREADS_MAX && (!isAnswered(check, since) || now - check.begun >= PAUSE_NANOS)) {
            Thread thread =
                    new Thread(null, () -> run(reference, check), "fieldgate-installer-health-" + check.name, 0, false);
            thread.setDaemon(true);
            // Not ours, or what the check keeps of this thread would keep this bundle's classes alive.
            thread.setContextClassLoader(Bundle.class.getClassLoader());
            thread.start();
            running++;
            check.begun = now;
            check.thread = thread;
        }
    }

    private String complaint(Check check, long since) {
        String subject = "health check " + check.name + ' ';
        if (hangs(check)) {
            return subject + "has not answered for " + limit.toSeconds() + " s";
        }
        if (!isAnswered(check, since)) {
            return subject
                    + (check.thread == null
                            ? "cannot be asked: " + running + " others are not done"
                            : "has not answered yet");
        }
        return check.answer.isEmpty() ? "" : subject + check.answer;
    }

    private boolean hangs(Check check) {
        return check.thread != null && nanos.getAsLong() - check.begun >= limit.toNanos();
    }

    private static boolean isAnswered(Check check, long since) {
        return check.answered && check.answerBegun - since >= 0;
    }

    private void run(ServiceReference<?> reference, Check check) {
        String answer = call(reference);
        synchronized (this) {
            running--;
            check.thread = null;
            check.answered = true;
            check.answerBegun = check.begun;
            check.answer = answer;
            notifyAll();
        }
    }

    private String call(ServiceReference<?> reference) {
        try {
            Object check = framework.getService(reference);
            if (check == null) {
                return "cannot be made";
            }
            try {
                return HealthCall.complaint(check);
            } finally {
                framework.ungetService(reference);
            }
        } catch (InvocationTargetException e) {
            return "has thrown " + e.getCause();
        } catch (Throwable e) { // the boundary to foreign code, which may also fail to link
            return "has thrown " + e;
        }
    }

    private List<ServiceReference<?>> find() {
        try {
            ServiceReference<?>[] found = framework.getAllServiceReferences(HealthCall.SERVICE, TAGGED);
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same for the check of a new version. */
    private static String nameOf(ServiceReference<?> reference) {
        Object name = reference.getProperty("hc.name");
        Object component = reference.getProperty("component.name");
        Object number = reference.getProperty("service.id");
        Bundle bundle = reference.getBundle();
        return (name != null ? name : component != null ? component : "number " + number)
                + (bundle == null ? "" : " of " + bundle.getSymbolicName());
    }
}
