package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The built distribution, running in a process of its own with a home of its own on a free port. */
final class GatewayProcess implements AutoCloseable {

    /** What {@code bin/fieldgate run} says when the port is open. */
    static final Pattern READY = Pattern.compile("(?m)^Fieldgate (\\S+) is ready: open (http://\\S+)$");

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
        process = home.command(java, "run", "--home", home.path().toString(), "--http", "127.0.0.1:0")
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

    /** Starts a gateway in a new home. */
    static GatewayProcess start() throws IOException {
        return start(GatewayHome.create());
    }

    /** Starts a gateway in a home that was prepared. */
    static GatewayProcess start(GatewayHome home) throws IOException {
        return new GatewayProcess(home, Path.of(System.getProperty("java.home")));
    }

    /** Starts a gateway with another JDK. */
    static GatewayProcess start(GatewayHome home, Path java) throws IOException {
        return new GatewayProcess(home, java);
    }

    URI uri() {
        return uri;
    }

    GatewayHome home() {
        return home;
    }

    /** The process of the Java machine, be it the one started or one that a script has started. */
    ProcessHandle handle() {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElse(process.toHandle());
    }

    /** The JDK that it runs on. */
    Path java() {
        return java;
    }

    /** Runs one command in the gateway's shell. */
    Outcome shell(String... command) throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("shell", "--home", home.path().toString()));
        arguments.addAll(List.of(command));
        return Outcome.of(home.command(java, arguments.toArray(String[]::new)), SHELL_LIMIT);
    }

    /** Puts a jar into {@code deploy/} in one step, as the name given. */
    Path deploy(Path jar, String name) throws IOException {
        Path staged = Files.createTempFile(home.path(), "staged", ".tmp");
        Files.copy(jar, staged, StandardCopyOption.REPLACE_EXISTING);
        return Files.move(staged, home.path().resolve("deploy").resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes a jar out of {@code deploy/}. */
    void undeploy(String name) throws IOException {
        Files.delete(home.path().resolve("deploy").resolve(name));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(uri.resolve(path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Everything that it has said so far, on the console and in its log files. */
    String log() {
        return home.log();
    }

    void awaitLog(String... parts) {
        await("the log says " + String.join(" … ", parts))
                .atMost(Duration.ofSeconds(15))
                .until(() -> log().lines().anyMatch(line -> Stream.of(parts).allMatch(line::contains)));
    }

    /** Asks it to stop, as a service manager does, and returns its exit status. */
    int terminate(Duration limit) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("did not stop within " + limit + ":\n" + log());
        }
        return process.exitValue();
    }

    /** Stops it, the hard way if need be, keeps its logs for people and deletes its home. */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        process.destroy();
        CompletableFuture<?> ended =
                CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        ended.completeOnTimeout(null, STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        all.forEach(ProcessHandle::destroyForcibly);
        await("the gateway has been killed")
                .atMost(STOP_LIMIT)
                .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        home.delete();
    }
}
