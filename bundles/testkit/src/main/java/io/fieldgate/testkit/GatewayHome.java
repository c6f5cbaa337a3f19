package io.fieldgate.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A home for a gateway: its configuration, what is deployed, its data.
 *
 * <p>It lies in the folder for temporary files, for the path of a Unix domain socket must be short. When it goes its logs are kept
 * as {@code target/gateways/<test class>-<number>.log}.
 */
public final class GatewayHome {

    /** What may stand between a test and this class on the stack. */
    private static final List<String> BETWEEN =
            List.of(GatewayHome.class.getPackageName() + '.', "org.junit.", "java.", "jdk.");

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path path;
    private final String name;
    private volatile String javaOptions = "";

    private GatewayHome(Path path, String name) {
        this.path = path;
        this.name = name;
    }

    /**
     * Makes a home with nothing in it but this: a new version of a bundle is on probation for 1 s, the shortest time there is.
     *
     * @return the home, named after the class that calls
     * @throws IOException if it cannot be made
     */
    public static GatewayHome create() throws IOException {
        String name = caller() + '-' + COUNT.incrementAndGet();
        Path path = Files.createTempDirectory("fieldgate-it-");
        for (String folder : List.of("etc", "deploy", "data")) {
            Files.createDirectories(path.resolve(folder));
        }
        return new GatewayHome(path, name).configure("io.fieldgate.installer", Map.of("probation.s", "1"));
    }

    /**
     * Where it is.
     *
     * @return the folder that {@code --home} is given
     */
    public Path path() {
        return path;
    }

    Path stdout() {
        return path.resolve("stdout.txt");
    }

    /**
     * Where the standard error of the gateway goes: warnings, errors, and what a person must look at.
     *
     * @return the file; it is not there before the gateway was started
     */
    public Path stderr() {
        return path.resolve("stderr.txt");
    }

    /**
     * Puts a jar into {@code deploy/} in one step, under the name it has.
     *
     * @param jar the jar; it is copied
     * @return this
     * @throws IOException if it cannot be copied
     */
    public GatewayHome with(Path jar) throws IOException {
        deploy(jar, jar.getFileName().toString());
        return this;
    }

    /**
     * Writes {@code etc/<pid>.cfg} in one step.
     *
     * @param pid the PID, or {@code <factory PID>-<name>}
     * @param values keys and values, as the README of the bundle has them
     * @return this
     * @throws IOException if it cannot be written
     */
    public GatewayHome configure(String pid, Map<String, String> values) throws IOException {
        Path staged = Files.createTempFile(path, "staged", ".tmp");
        Files.writeString(
                staged,
                values.entrySet().stream()
                        .map(entry -> entry.getKey() + '=' + entry.getValue() + '\n')
                        .sorted()
                        .collect(Collectors.joining()));
        Files.move(
                staged,
                path.resolve("etc").resolve(pid + ".cfg"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        return this;
    }

    /**
     * Has the gateway speak TLS with a certificate, now or from the moment on when it notices. Certificate and key lie in {@code etc/} as
     * {@code gateway.crt} and {@code gateway.key}.
     *
     * @param leaf the certificate and its key
     * @return this
     * @throws IOException if it cannot be written
     */
    public GatewayHome tls(TestAuthority.Leaf leaf) throws IOException {
        replace(leaf.key(), "gateway.key");
        replace(leaf.certificate(), "gateway.crt");
        configure("io.fieldgate.security.tls", Map.of("certificate", "gateway.crt", "key", "gateway.key"));
        return configure("io.fieldgate.transport.http", Map.of("tls", "true"));
    }

    /**
     * Puts a file into {@code etc/} in one step, in place of one of that name.
     *
     * @param file the file; it is copied with its mode
     * @param name the name it gets
     * @throws IOException if it cannot be copied
     */
    public void replace(Path file, String name) throws IOException {
        Path staged = Files.createTempFile(path, "staged", ".tmp");
        Files.copy(file, staged, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(
                staged,
                path.resolve("etc").resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Says with which options of the Java machine the next gateway is started here.
     *
     * @param options as in the environment variable {@code JAVA_OPTS}, for example {@code -Dname=value}; empty for none
     * @return this
     */
    public GatewayHome javaOptions(String options) {
        javaOptions = options;
        return this;
    }

    /** Starts the gateway itself, with the options that were said. */
    ProcessBuilder run(Path java, String... arguments) {
        ProcessBuilder builder = command(java, arguments);
        if (!javaOptions.isEmpty()) {
            builder.environment().put("JAVA_OPTS", javaOptions);
        }
        return builder;
    }

    ProcessBuilder command(Path java, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Distribution.command().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(path.toFile());
        builder.environment().put("JAVA_HOME", java.toString());
        return builder;
    }

    /**
     * A call of {@code bin/fieldgate} in this home, with the JDK that runs the tests.
     *
     * @param arguments what stands behind {@code fieldgate}; {@code --home} is not added
     * @return a command that is not started
     */
    public ProcessBuilder command(String... arguments) {
        return command(Path.of(System.getProperty("java.home")), arguments);
    }

    /**
     * What the gateway has said on its standard output.
     *
     * @return the text; empty if it has not been started
     */
    public String console() {
        return read(stdout());
    }

    /**
     * All that the gateway has said so far.
     *
     * @return standard output, standard error and the files of {@code data/log}, one after the other
     */
    public String log() {
        List<Path> files = new ArrayList<>(List.of(stdout(), stderr()));
        files.addAll(logFiles());
        return text(files);
    }

    /**
     * What the gateway has logged so far, stack traces included.
     *
     * @return the files of {@code data/log}, one after the other; empty if it has not been started
     */
    public String logged() {
        return text(logFiles());
    }

    private static String text(List<Path> files) {
        return files.stream().map(GatewayHome::read).collect(Collectors.joining("\n"));
    }

    private List<Path> logFiles() {
        Path folder = path.resolve("data/log");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a jar into {@code deploy/} in one step. */
    Path deploy(Path jar, String name) throws IOException {
        Path staged = Files.createTempFile(path, "staged", ".tmp");
        Files.copy(jar, staged, StandardCopyOption.REPLACE_EXISTING);
        return Files.move(staged, path.resolve("deploy").resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Keeps the logs and deletes the rest, unless that was done before. Closing the {@link GatewayProcess} does it too.
     *
     * @throws IOException if something cannot be deleted
     */
    public void delete() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Path kept = Files.createDirectories(Path.of("target/gateways"));
        Files.writeString(kept.resolve(name + ".log"), log());
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The simple name of the class whose test this is for. */
    private static String caller() {
        String caller = StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .filter(type -> BETWEEN.stream().noneMatch(type::startsWith))
                        .findFirst())
                .orElse("gateway");
        return caller.substring(caller.lastIndexOf('.') + 1).replaceFirst("\\$.*", "");
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
