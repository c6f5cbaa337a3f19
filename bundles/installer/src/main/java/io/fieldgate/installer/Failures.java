package io.fieldgate.installer;

import io.fieldgate.api.gateway.FailedFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why files of {@code deploy/} could not be used. Safe for use by many threads. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final ConcurrentSkipListMap<Path, Failure> byFile = new ConcurrentSkipListMap<>();
    private final Clock clock;

    Failures(Clock clock) {
        this.clock = clock;
    }

    private record Failure(String file, String reason, Instant since, boolean lasting) implements FailedFile {}

    /**
     * Notes a failure and logs it, unless it is the one that was noted before.
     *
     * @param bundle what is in the file, or empty if that is not known
     * @param lasting whether only a change of the file can help; else it is tried again when something else has changed
     */
    void add(Path file, String bundle, String reason, boolean lasting) {
        String name = String.valueOf(file.getFileName());
        Failure now = new Failure(name, reason, clock.instant(), lasting);
        Failure before = byFile.get(file);
        if (before == null || !before.reason().equals(reason)) {
            byFile.put(file, now);
            LOG.error("deploy/{}{} is not used: {}", name, bundle.isEmpty() ? "" : " (" + bundle + ')', reason);
        }
    }

    /** Forgets the failure of a file. */
    void clear(Path file) {
        byFile.remove(file);
    }

    /** Tells whether a file has failed so that only its change can help. */
    boolean lasting(Path file) {
        Failure failure = byFile.get(file);
        return failure != null && failure.lasting();
    }

    /** The files that have failed. */
    List<Path> files() {
        return List.copyOf(byFile.keySet());
    }

    /** The failures, by file name. */
    List<FailedFile> list() {
        return List.copyOf(byFile.values());
    }
}
