package io.fieldgate.core;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Makes all threads of the core.
 *
 * <p>A new thread keeps the protection domains, and so the class loaders, of all that is on the stack when it is made, and
 * the thread group of whoever makes it: a pool thread made in the middle of a driver's call would hold that driver's bundle
 * for ever. These hold the gateway's alone.
 */
final class CleanThreads {

    private static final ThreadGroup GROUP = topmost();

    private CleanThreads() {}

    /**
     * Makes a daemon thread of normal priority, not started yet.
     *
     * @param name its name
     * @param task what it runs
     */
    // removal: from Java 24 on nothing is captured and this does nothing; until then no other call cuts the stack off.
    // ThreadPriorityCheck: nothing relies on a priority, it is only not to be that of whoever makes the thread.
    @SuppressWarnings({"removal", "ThreadPriorityCheck"})
    static Thread daemon(String name, Runnable task) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
            Thread thread = new Thread(GROUP, task, name, 0, false);
            thread.setContextClassLoader(CleanThreads.class.getClassLoader());
            thread.setPriority(Thread.NORM_PRIORITY);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The one group that no bundle can have made. */
    private static ThreadGroup topmost() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
