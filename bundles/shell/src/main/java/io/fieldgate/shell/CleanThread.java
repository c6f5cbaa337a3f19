package io.fieldgate.shell;

import org.osgi.framework.Bundle;

/** Threads that keep nothing of the bundles whose commands run on them. */
final class CleanThread {

    private CleanThread() {}

    /** Starts a thread that does not hold up the end of the process. To be called where no command is on the stack. */
    static void start(Runnable task, String name) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Bundle.class.getClassLoader());
        thread.start();
    }
}
