package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.LoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many files, and so connections, a process may have open. A JVM raises its soft limit to the hard one by itself, and so do
 * the peers, so the hard one counts.
 *
 * @param limit how many
 */
record OpenFiles(long limit) {

    /** Jars, logs, pipes and listening ports of a server. */
    private static final int OTHERS = 400;

    private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files\\s+\\S+\\s+(\\S+)");

    /** The limit of this process, which those that it starts inherit. */
    static OpenFiles ofThisProcess() throws IOException {
        return of(Files.readString(Path.of("/proc/self/limits")));
    }

    static OpenFiles of(String limits) {
        Matcher matcher = LIMIT.matcher(limits);
        boolean unlimited = !matcher.find() || matcher.group(1).equals("unlimited");
        return new OpenFiles(unlimited ? Integer.MAX_VALUE : Long.parseLong(matcher.group(1)));
    }

    /** Whether a server can have that many clients. */
    boolean allow(int clients) {
        return clients + OTHERS <= limit;
    }

    /** Why it cannot have more, and what to do about it. */
    String reason() {
        return "a process may have " + limit + " files open, of which " + OTHERS + " are for others; raise ulimit -n";
    }

    /**
     * Sees that a server can have that many clients.
     *
     * @throws LoadException if it cannot
     */
    void require(int clients) throws LoadException {
        if (!allow(clients)) {
            throw new LoadException(clients + " clients are too many: " + reason());
        }
    }
}
