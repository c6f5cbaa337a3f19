package io.fieldgate.launcher;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Takes back what was begun and has not come to its end: when a block is left, or when Ctrl-C ends the process in the midst of it.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class Undo implements AutoCloseable {

    private final Deque<Step> steps = new ArrayDeque<>(); // guarded by this
    private final Thread hook = new Thread(this::interrupted, "fieldgate-undo");

    /** One thing to take back. */
    interface Step {

        /** Takes it back; does nothing if there is nothing to take back. */
        void run() throws CommandFailure, IOException, InterruptedException;
    }

    Undo() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Says what is to be done at the end, before all that was said so far. */
    synchronized void atEnd(Step step) {
        steps.push(step);
    }

    @Override
    public void close() throws CommandFailure, IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // it runs already, and this process is about to end
        }
        run();
    }

    private synchronized void run() throws CommandFailure, IOException {
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // what is left is quick
            }
        }
    }

    private void interrupted() {
        try {
            run();
            System.err.println("fieldgate: broken off, all files are as they were");
        } catch (CommandFailure | IOException e) {
            System.err.println("fieldgate: " + Complaint.sentence(e));
        }
    }
}
