package io.fieldgate.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is reachable in a gateway after a full collection, counted by {@code jcmd} of the JDK that the gateway runs on.
 *
 * @param instances number of objects by class name; classes of one name from several loaders count together
 * @param bytes size of all of them
 */
public record Heap(Map<String, Long> instances, long bytes) {

    /** Class of which there is one object for each wiring of a bundle that something still holds. */
    public static final String BUNDLE_LOADER = "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader";

    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Copies the map. */
    public Heap {
        instances = Map.copyOf(instances);
    }

    /**
     * Collects the garbage of a gateway and counts what stays.
     *
     * @param gateway a running gateway
     * @return the counts
     * @throws AssertionError if {@code jcmd} fails or takes more than 60 s
     * @throws IOException if {@code jcmd} cannot be started
     * @throws InterruptedException if the thread is interrupted
     */
    public static Heap of(GatewayProcess gateway) throws IOException, InterruptedException {
        Map<String, Long> instances = new HashMap<>();
        long bytes = 0;
        for (String line : jcmd(gateway, "GC.class_histogram").lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                instances.merge(matcher.group(3), Long.parseLong(matcher.group(1)), Long::sum);
                bytes += Long.parseLong(matcher.group(2));
            }
        }
        if (instances.isEmpty()) {
            throw new AssertionError("jcmd has not counted anything");
        }
        return new Heap(instances, bytes);
    }

    /**
     * Writes what is reachable in a gateway to a file, for a person to look at.
     *
     * @param gateway a running gateway
     * @param name name of the file without its extension
     * @return the file, {@code target/reports/<name>.hprof}; one that was there before is replaced
     * @throws AssertionError if {@code jcmd} fails or takes more than 60 s
     * @throws IOException if the file cannot be written or {@code jcmd} cannot be started
     * @throws InterruptedException if the thread is interrupted
     */
    public static Path dump(GatewayProcess gateway, String name) throws IOException, InterruptedException {
        Path file = Files.createDirectories(Path.of("target/reports"))
                .resolve(name + ".hprof")
                .toAbsolutePath();
        Files.deleteIfExists(file);
        jcmd(gateway, "GC.heap_dump", file.toString());
        return file;
    }

    /**
     * How many objects of a class there are.
     *
     * @param className binary name of the class, of whatever loader
     * @return 0 or more
     */
    public long count(String className) {
        return instances.getOrDefault(className, 0L);
    }

    /** Runs {@code jcmd} on a gateway. */
    static String jcmd(GatewayProcess gateway, String... command) throws IOException, InterruptedException {
        String[] whole = new String[command.length + 2];
        whole[0] = gateway.java().resolve("bin/jcmd").toString();
        whole[1] = Long.toString(gateway.handle().pid());
        System.arraycopy(command, 0, whole, 2, command.length);
        return Outcome.of(new ProcessBuilder(whole), LIMIT).orFail();
    }
}
