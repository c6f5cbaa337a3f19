package io.fieldgate.itest.machine;

import io.fieldgate.itest.LiveProbe;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The distribution, started in the machine on a home of its own. Whoever comes to it may write. */
final class GuestGateway implements AutoCloseable {

    /** Where the machine has the distribution. */
    static final Path DISTRIBUTION = Path.of("/app/fieldgate");

    private static final Pattern READY = Pattern.compile("(?m) is ready: open (http://\\S+)$");
    /** On an emulated processor the better compiler costs more than it gains: with it the start takes twice as long. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=1";

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Path home;
    private final Process process;
    private final URI uri;
    private final Duration startTime;

    private GuestGateway(Path home) throws IOException, InterruptedException {
        this.home = home;
        long begin = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(command("run", "--http", "127.0.0.1:0"))
                .redirectErrorStream(true)
                .redirectOutput(console().toFile());
        builder.environment().put("JAVA_OPTS", QUICK_START);
        process = builder.start();
        while (process.isAlive() && !ready().find() && System.nanoTime() - begin < START_LIMIT.toNanos()) {
            Guest.pause();
        }
        Matcher ready = ready();
        if (!ready.find()) {
            close();
            throw new AssertionError("the gateway is not ready:\n" + log());
        }
        startTime = Duration.ofNanos(System.nanoTime() - begin);
        uri = URI.create(ready.group(1));
    }

    /** Starts a gateway with these devices and waits until it is ready. */
    static GuestGateway start(Devices devices) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("home");
        Path etc = Files.createDirectories(home.resolve("etc"));
        Files.writeString(etc.resolve("io.fieldgate.transport.http.cfg"), "loopback.role=operator\n");
        Files.writeString(etc.resolve("io.fieldgate.installer.cfg"), "probation.s=1\n");
        devices.configure(etc);
        return new GuestGateway(home);
    }

    Duration startTime() {
        return startTime;
    }

    LiveProbe live() throws IOException {
        return LiveProbe.open(uri);
    }

    URI uri() {
        return uri;
    }

    /** Writes a file of {@code etc/} in one step. */
    void configure(String file, String content) throws IOException {
        Path staged = Files.writeString(home.resolve(file + ".tmp"), content);
        Files.move(
                staged,
                home.resolve("etc").resolve(file),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Updates a bundle and returns when that is committed. */
    void update(Path jar) throws IOException, InterruptedException {
        Guest.run(command("update", jar.toString()));
    }

    /** Runs a command of the shell and returns what it says. */
    String shell(String... command) throws IOException, InterruptedException {
        return Guest.run(command("shell", command));
    }

    /** Stops a bundle until it is started. */
    void stopBundle(String symbolicName) throws IOException, InterruptedException {
        shell("felix:stop", bundleId(symbolicName));
    }

    void startBundle(String symbolicName) throws IOException, InterruptedException {
        shell("felix:start", bundleId(symbolicName));
    }

    private String bundleId(String symbolicName) throws IOException, InterruptedException {
        for (String line : shell("felix:lb", "-s").lines().toList()) {
            if (line.contains('|' + symbolicName + ' ')) {
                return line.substring(0, line.indexOf('|')).strip();
            }
        }
        throw new AssertionError("no bundle is called " + symbolicName);
    }

    /** What the gateway has said and logged. */
    String log() throws IOException {
        StringBuilder log = new StringBuilder(Files.readString(console()));
        try (var files = Files.newDirectoryStream(home.resolve("data/log"), "*.log")) {
            for (Path file : files) {
                log.append(Files.readString(file));
            }
        }
        return log.toString();
    }

    private Path console() {
        return home.resolve("console.txt");
    }

    private Matcher ready() throws IOException {
        return READY.matcher(Files.readString(console()));
    }

    private String[] command(String name, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(DISTRIBUTION.resolve("bin/fieldgate").toString(), name, "--home", home.toString()));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    /** Has it stop in good order. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the gateway does not stop within " + STOP_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
