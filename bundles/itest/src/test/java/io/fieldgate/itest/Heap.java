package io.fieldgate.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is reachable in a gateway after a full collection, counted by {@code jcmd}.
 *
 * @param instances number of objects by class name; classes of one name from several loaders count together
 * @param bytes size of all of them
 */
record Heap(Map<String, Long> instances, long bytes) {

    /** There is one of these for each wiring of a bundle that something still holds. */
    static final String BUNDLE_LOADER = "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader";

    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Collects the garbage of a gateway and counts what stays. */
    static Heap of(GatewayProcess gateway) throws IOException, InterruptedException {
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

    /** Writes what is reachable to a file under {@code target/}, for a person to look at. */
    static Path dump(GatewayProcess gateway, String name) throws IOException, InterruptedException {
        Path file = Files.createDirectories(Path.of("target/reports"))
                .resolve(name + ".hprof")
                .toAbsolutePath();
        Files.deleteIfExists(file);
        jcmd(gateway, "GC.heap_dump", file.toString());
        return file;
    }

    long count(String className) {
        return instances.getOrDefault(className, 0L);
    }

    private static String jcmd(GatewayProcess gateway, String... command) throws IOException, InterruptedException {
        String[] whole = new String[command.length + 2];
        whole[0] = gateway.java().resolve("bin/jcmd").toString();
        whole[1] = Long.toString(gateway.handle().pid());
        System.arraycopy(command, 0, whole, 2, command.length);
        return Outcome.of(new ProcessBuilder(whole), LIMIT).orFail();
    }
}
