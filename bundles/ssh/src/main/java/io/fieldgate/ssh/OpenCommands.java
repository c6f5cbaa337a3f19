package io.fieldgate.ssh;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The shells and commands that are open now, of all connections. Can be called from many threads. */
final class OpenCommands {

    private final int max;

    /** Guarded by this. */
    private final Set<ShellCommand> open = new HashSet<>();

    OpenCommands(int max) {
        this.max = max;
    }

    int max() {
        return max;
    }

    /**
     * Takes one in.
     *
     * @return whether there was room
     */
    synchronized boolean add(ShellCommand command) {
        return open.size() < max && open.add(command);
    }

    synchronized void remove(ShellCommand command) {
        open.remove(command);
    }

    /** Cuts all off from their clients. */
    void leave() {
        List<ShellCommand> all;
        synchronized (this) {
            all = List.copyOf(open);
        }
        all.forEach(ShellCommand::leave);
    }
}
