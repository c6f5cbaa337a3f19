package io.fieldgate.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A gateway in a process of its own: the {@link Distribution} with a home of its own, on a free port of 127.0.0.1.
 *
 * <pre>{@code
 * try (GatewayProcess gateway = GatewayProcess.start(GatewayHome.create().with(jar));
 *         WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
 *     assertEquals("hello", client.ask("hello"));
 * }
 * }</pre>
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
public final class GatewayProcess implements AutoCloseable {

    /** What {@code bin/fieldgate run} says when the port is open; group 1 is the version, group 2 the address. */
    public static final Pattern READY = Pattern.compile("(?m)^Fieldgate (\\S+) is ready: open (https?://\\S+)$");

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration SHELL_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final GatewayHome home;
    private final Path java;
    private final Process process;
    private final URI uri;

    private GatewayProcess(GatewayHome home, Path java) throws IOException {
        this.home = home;
        this.java = java;
        process = home.run(java, "run", "--home", home.path().toString(), "--http", "127.0.0.1:0")
                .redirectOutput(home.stdout().toFile())
                .redirectError(home.stderr().toFile())
                .start();
        try {
            await("the gateway is ready")
                    .atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() ->
                            !process.isAlive() || READY.matcher(home.console()).find());
            Matcher ready = READY.matcher(home.console());
            if (!ready.find()) {
                throw new AssertionError("the gateway has ended with " + process.exitValue());
            }
            uri = URI.create(ready.group(2));
        } catch (RuntimeException | Error e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            String log = home.log();
            home.delete();
            throw new AssertionError("the gateway does not start; its log:\n" + log, e);
        }
    }

    /**
     * Starts a gateway in a new home and waits until it is ready, 60 s at most.
     *
     * @return the gateway, with its port open
     * @throws AssertionError if it does not become ready; it tells the log
     * @throws IOException if it cannot be started
     */
    public static GatewayProcess start() throws IOException {
        return start(GatewayHome.create());
    }

    /**
     * Starts a gateway in a home that was prepared and waits until it is ready, 60 s at most. What is in {@code deploy/} is installed
     * by then.
     *
     * @param home the home, which goes when the gateway is closed
     * @return the gateway, with its port open
     * @throws AssertionError if it does not become ready; it tells the log
     * @throws IOException if it cannot be started
     */
    public static GatewayProcess start(GatewayHome home) throws IOException {
        return new GatewayProcess(home, Path.of(System.getProperty("java.home")));
    }

    /**
     * Starts a gateway with another JDK than the one that runs the tests.
     *
     * @param home the home, which goes when the gateway is closed
     * @param java the JDK's folder, which holds {@code bin/java}
     * @return the gateway, with its port open
     * @throws AssertionError if it does not become ready; it tells the log
     * @throws IOException if it cannot be started
     */
    public static GatewayProcess start(GatewayHome home, Path java) throws IOException {
        return new GatewayProcess(home, java);
    }

    /**
     * Its address.
     *
     * @return {@code http://127.0.0.1:port/}, or {@code https} if the home has {@link GatewayHome#tls}
     */
    public URI uri() {
        return uri;
    }

    /**
     * Its home.
     *
     * @return the home it was started in
     */
    public GatewayHome home() {
        return home;
    }

    /**
     * Its bundles.
     *
     * @return a list that asks the gateway each time
     */
    public BundleList bundles() {
        return new BundleList(this);
    }

    /**
     * The process of the Java machine, be it the one started or one that a script has started.
     *
     * @return its handle
     */
    public ProcessHandle handle() {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElse(process.toHandle());
    }

    /**
     * The JDK that it runs on.
     *
     * @return the JDK's folder
     */
    public Path java() {
        return java;
    }

    /**
     * Runs one command in the gateway's shell and waits for its end, 30 s at most.
     *
     * @param command the command and its arguments, for example {@code "fg:sessions"}
     * @return how it ended
     * @throws IOException if the shell cannot be started
     * @throws InterruptedException if the thread is interrupted
     */
    public Outcome shell(String... command) throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("shell", "--home", home.path().toString()));
        arguments.addAll(List.of(command));
        return Outcome.of(home.command(java, arguments.toArray(String[]::new)), SHELL_LIMIT);
    }

    /**
     * Puts a jar into {@code deploy/} in one step, in place of one of that name. Returns before it is installed.
     *
     * @param jar the jar; it is copied
     * @param name the file name it gets, which ends with {@code .jar}
     * @return the file in {@code deploy/}
     * @throws IOException if it cannot be copied
     */
    public Path deploy(Path jar, String name) throws IOException {
        return home.deploy(jar, name);
    }

    /**
     * Takes a jar out of {@code deploy/}. Returns before it is uninstalled.
     *
     * @param name the file name
     * @throws IOException if there is none of that name
     */
    public void undeploy(String name) throws IOException {
        Files.delete(home.path().resolve("deploy").resolve(name));
    }

    /**
     * Gets a page.
     *
     * @param path the path, with its query
     * @return the answer, of whatever status
     * @throws IOException if none comes within 10 s
     * @throws InterruptedException if the thread is interrupted
     */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(uri.resolve(path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofString());
    }

    /**
     * Everything that it has said so far, on the console and in its log files.
     *
     * @return the text
     */
    public String log() {
        return home.log();
    }

    /**
     * Waits until one line of the log has all parts, 15 s at most.
     *
     * @param parts what the line contains, in any order
     */
    public void awaitLog(String... parts) {
        await("the log says " + String.join(" … ", parts))
                .atMost(Duration.ofSeconds(15))
                .until(() -> log().lines().anyMatch(line -> Stream.of(parts).allMatch(line::contains)));
    }

    /**
     * Asks it to stop, as a service manager does.
     *
     * @param limit how long that may take
     * @return its exit status
     * @throws AssertionError if it takes longer
     * @throws InterruptedException if the thread is interrupted
     */
    public int terminate(Duration limit) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("did not stop within " + limit + ":\n" + log());
        }
        return process.exitValue();
    }

    /**
     * Ends it as a power failure does, and leaves its home as it is, to be started from again.
     *
     * @throws org.awaitility.core.ConditionTimeoutException if it is still there after 10 s
     */
    public void kill() {
        List<ProcessHandle> all = all();
        all.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(all);
    }

    /** Stops it, the hard way if need be, keeps its logs for people and deletes its home. */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = all();
        process.destroy();
        CompletableFuture<?> ended =
                CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        ended.completeOnTimeout(null, STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        all.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(all);
        home.delete();
    }

    private List<ProcessHandle> all() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
    }

    private static void awaitEnd(List<ProcessHandle> all) {
        await("the gateway has been killed")
                .atMost(STOP_LIMIT)
                .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }
}
