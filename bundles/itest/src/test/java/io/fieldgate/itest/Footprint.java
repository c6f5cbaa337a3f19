package io.fieldgate.itest;

import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Heap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a gateway holds of the machine.
 *
 * @param heapBytes what is reachable after a full collection
 * @param threads those of its process
 * @param descriptors files and sockets that are open
 */
record Footprint(long heapBytes, long threads, long descriptors) {

    static Footprint of(GatewayProcess gateway) throws IOException, InterruptedException {
        Path process = Path.of("/proc", Long.toString(gateway.handle().pid()));
        return new Footprint(Heap.of(gateway).bytes(), count(process.resolve("task")), count(process.resolve("fd")));
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }
}
