package io.fieldgate.launcher;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the gateway when its process is told to end, by a signal or by {@link System#exit}, within five seconds.
 *
 * <p>It ends the process itself, so that a stop in good order gives status 0, and not the 143 that the JVM makes of SIGTERM.
 */
final class StopHook extends Thread {

    /** System property: the file to write when classes for the archive of {@code bin/fieldgate} are worth keeping. */
    static final String ARCHIVE_OK = "fieldgate.archive.ok";

    private static final Logger LOG = LoggerFactory.getLogger(StopHook.class);

    private static final long FRAMEWORK_MS = 4_500;

    /** Less when the JVM is going to write its archive of classes, which counts into the five seconds too. */
    private static final long FRAMEWORK_WITH_ARCHIVE_MS = 3_500;

    private static final int FRAMES = 12;

    private final GatewayFramework framework;
    private final GatewayLog log;
    private final Home home;
    private final HomeLock lock;
    private final Successor successor;
    private final Optional<Trial> trial;

    private volatile RunFile running;
    private volatile boolean begun;
    private volatile int status = ExitStatus.OK;

    /** @param trial the trial of this gateway, if it is on one */
    StopHook(
            GatewayFramework framework,
            GatewayLog log,
            Home home,
            RunFile running,
            HomeLock lock,
            Optional<Trial> trial) {
        super("fieldgate-stop");
        this.framework = framework;
        this.log = log;
        this.home = home;
        this.running = running;
        this.lock = lock;
        this.trial = trial;
        successor = new Successor(home, running);
    }

    /** Says that the port is open. */
    void ready(RunFile now) throws IOException {
        running = now;
        now.write(home.runFile());
    }

    /** Says where the port is open, if that is somewhere else than before. */
    void moved(RunFile now) {
        if (now.equals(running)) {
            return;
        }
        try {
            ready(now);
        } catch (IOException e) {
            LOG.warn("'fieldgate status' goes on to show the old address: {} cannot be written", home.runFile(), e);
        }
    }

    /** Sets the status that the process ends with; 0 unless this is called. */
    void exitWith(int failure) {
        status = failure;
    }

    /** Whether the stop has begun. */
    boolean hasBegun() {
        return begun;
    }

    @Override
    public void run() {
        begun = true;
        try {
            trial.ifPresent(Trial::stopped);
            stopInOrder();
        } catch (IOException | BundleException | RuntimeException e) {
            LOG.error("the stop went wrong", e);
            status = ExitStatus.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            follow();
            log.close();
            // Kept to the very end: when the lock is free, the process is gone.
            Reference.reachabilityFence(lock);
            Runtime.getRuntime().halt(status);
        }
    }

    private void stopInOrder() throws IOException, BundleException, InterruptedException {
        boolean wasReady = running.state() == RunFile.State.READY;
        LOG.info("stopping");
        running.with(RunFile.State.STOPPING).write(home.runFile());
        long begin = System.nanoTime();
        long waitMs = System.getProperty(ARCHIVE_OK) == null ? FRAMEWORK_MS : FRAMEWORK_WITH_ARCHIVE_MS;
        if (framework.stop(waitMs)) {
            LOG.info("stopped in {} ms", (System.nanoTime() - begin) / 1_000_000);
            if (wasReady) {
                keepArchive();
            }
        } else {
            LOG.error(
                    "not stopped after {} ms: the process ends now; still stopping: {}{}",
                    waitMs,
                    framework.bundlesIn(Bundle.STOPPING),
                    whereItHangs());
            status = ExitStatus.FAILED;
        }
        Files.deleteIfExists(home.runFile());
    }

    private void follow() {
        try {
            successor.follow().ifPresent(this::exitWith);
        } catch (CommandFailure | IOException | RuntimeException e) {
            LOG.error("the distribution that is to be tried cannot be started", e);
            status = ExitStatus.FAILED;
        }
    }

    /** The JVM archives its classes after this hook; those of a gateway that was never ready would be too few. */
    private static void keepArchive() throws IOException {
        String file = System.getProperty(ARCHIVE_OK);
        if (file != null) {
            Files.write(Path.of(file), List.of());
        }
    }

    /** Where the threads are that stop a bundle. */
    private static String whereItHangs() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> Arrays.stream(entry.getValue())
                        .anyMatch(frame -> frame.getMethodName().equals("stopBundle")))
                .map(StopHook::stack)
                .collect(Collectors.joining());
    }

    private static String stack(Map.Entry<Thread, StackTraceElement[]> thread) {
        return Arrays.stream(thread.getValue())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining("\n  at ", "\n" + thread.getKey().getName() + "\n  at ", ""));
    }
}
