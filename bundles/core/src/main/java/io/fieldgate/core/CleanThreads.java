package io.fieldgate.core;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Makes the threads that foreign code runs on.
 *
 * <p>A new thread keeps the protection domains, and so the class loaders, of all that is on the stack when it is made: a
 * pool thread made in the middle of a driver's call would hold that driver's bundle for ever. These hold the gateway's alone.
 */
final class CleanThreads {

    private CleanThreads() {}

    /**
     * Makes a daemon thread, not started yet.
     *
     * @param name its name
     * @param task what it runs
     */
    // From Java 24 on nothing is captured and this does nothing; until then no other call cuts the stack off.
    @SuppressWarnings("removal")
    static Thread daemon(String name, Runnable task) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
            Thread thread = new Thread(null, task, name, 0, false);
            thread.setContextClassLoader(CleanThreads.class.getClassLoader());
            thread.setDaemon(true);
            return thread;
        });
    }
}
