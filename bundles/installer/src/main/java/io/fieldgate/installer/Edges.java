package io.fieldgate.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is told of each instant of an update at which the power may go and the next start must find something else than a moment before. Nothing
 * comes of it, unless the framework property {@value #PROPERTY} names an edge: there the installer writes the name into a file and waits until
 * that file is gone, so that a test can kill the gateway just there.
 */
@FunctionalInterface
interface Edges {

    /** Framework property: the edge to wait at. For tests of what a power failure does. */
    String PROPERTY = "io.fieldgate.installer.pause.at";

    /** The file that is there while the installer waits, in its folder. */
    String FILE = "paused";

    /** For a gateway that nobody tests. */
    Edges NONE = edge -> {};

    /** Comes to an edge. */
    void at(String edge);

    /** Waits at one edge. */
    static Edges pausingAt(String paused, Path folder) {
        Logger log = LoggerFactory.getLogger(Edges.class);
        return edge -> {
            if (!edge.equals(paused)) {
                return;
            }
            Path file = folder.resolve(FILE);
            try {
                Files.writeString(file, edge);
                log.warn("the installer waits at {} until {} is gone, for {} says so", edge, file, PROPERTY);
                while (Files.exists(file)) {
                    Thread.sleep(10);
                }
            } catch (IOException e) {
                log.error("the installer does not wait at {}", edge, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
