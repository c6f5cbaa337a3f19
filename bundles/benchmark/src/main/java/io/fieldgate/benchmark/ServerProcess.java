package io.fieldgate.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, from its start to its end. What it prints is read all the time, so that it never waits. */
final class ServerProcess implements AutoCloseable {

    /** What a server says when its port is open; the gateway and the peers say it in the same words. */
    static final Pattern READY = Pattern.compile("^\\S+ (\\S+) is ready: open http://127\\.0\\.0\\.1:(\\d+)/$");

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final int LINES_KEPT = 20;
    private static final int SAYS_IT_ITSELF = 0;
    private static final long PROBE_NANOS = 5_000_000;

    private final Workspace workspace;
    private final Path folder;
    private final Process process;
    private final long startedAt;
    private final Ready ready;
    private final Deque<String> lastLines = new ArrayDeque<>(); // guarded by itself

    private record Ready(long at, String version, int port) {}

    /**
     * Starts a server, and returns when its port is open.
     *
     * @param workspace where it is kept account of
     * @param folder the folder that is the server's
     * @param environment variables that differ from this process's
     * @param command the command line
     * @throws IOException if it does not start
     */
    ServerProcess(Workspace workspace, Path folder, Map<String, String> environment, List<String> command)
            throws IOException {
        this(workspace, folder, environment, command, new Ready(0, "", SAYS_IT_ITSELF));
    }

    /**
     * Starts a server that does not say when its port is open, and returns when it is.
     *
     * @param workspace where it is kept account of
     * @param folder the folder that is the server's
     * @param environment variables that differ from this process's
     * @param command the command line
     * @param version its version
     * @param port the port that it opens on the loopback address
     * @throws IOException if it does not start
     */
    ServerProcess(
            Workspace workspace,
            Path folder,
            Map<String, String> environment,
            List<String> command,
            String version,
            int port)
            throws IOException {
        this(workspace, folder, environment, command, new Ready(0, version, port));
    }

    private ServerProcess(
            Workspace workspace, Path folder, Map<String, String> environment, List<String> command, Ready known)
            throws IOException {
        this.workspace = workspace;
        this.folder = folder;
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        startedAt = System.nanoTime();
        process = builder.start();
        workspace.track(process);
        CompletableFuture<Ready> line = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(line), "fieldgate-benchmark-output");
        reader.setDaemon(true);
        reader.start();
        if (known.port() != SAYS_IT_ITSELF) {
            probe(known, line);
        }
        ready = await(line);
    }

    int port() {
        return ready.port();
    }

    String version() {
        return ready.version();
    }

    long pid() {
        return process.pid();
    }

    /** The gateway's home; of a peer an empty folder. */
    Path folder() {
        return folder;
    }

    /** The time from the call that made the process to the line that says it is ready. */
    Duration untilReady() {
        return Duration.ofNanos(ready.at() - startedAt);
    }

    /** The time since the call that made the process. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /** Asks it to stop, as a service manager does, and kills it if it does not. Its folder stays. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        workspace.release(process);
    }

    /** Stops it and deletes its folder. */
    @Override
    public void close() throws IOException {
        stop();
        Workspace.delete(folder);
    }

    private Ready await(CompletableFuture<Ready> line) throws IOException {
        try {
            return line.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            stop();
            String said;
            synchronized (lastLines) {
                said = String.join("\n  ", lastLines);
            }
            throw new IOException("a server did not start; it said:\n  " + said, e);
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a server was starting", e);
        }
    }

    /** Tries the port until it is open, or the process has ended. */
    private static void probe(Ready known, CompletableFuture<Ready> line) throws IOException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!line.isDone() && System.nanoTime() < end) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), known.port())) {
                line.complete(new Ready(System.nanoTime(), known.version(), socket.getPort()));
            } catch (ConnectException e) {
                LockSupport.parkNanos(PROBE_NANOS);
            }
        }
    }

    private void read(CompletableFuture<Ready> line) {
        try (BufferedReader out = process.inputReader()) {
            for (String said = out.readLine(); said != null; said = out.readLine()) {
                Matcher matcher = READY.matcher(said);
                if (matcher.matches()) {
                    line.complete(new Ready(System.nanoTime(), matcher.group(1), Integer.parseInt(matcher.group(2))));
                }
                synchronized (lastLines) {
                    lastLines.add(said);
                    if (lastLines.size() > LINES_KEPT) {
                        lastLines.remove();
                    }
                }
            }
            line.completeExceptionally(new IOException("it has ended"));
        } catch (IOException | UncheckedIOException e) {
            line.completeExceptionally(e);
        }
    }
}
