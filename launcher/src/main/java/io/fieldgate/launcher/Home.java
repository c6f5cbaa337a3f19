package io.fieldgate.launcher;

import java.nio.file.Path;

/**
 * The home: the folder with what belongs to this device and not to the distribution.
 *
 * @param root its absolute path
 */
record Home(Path root) {

    Home {
        root = root.toAbsolutePath().normalize();
    }

    /** Configuration files, the only store of configuration. */
    Path etc() {
        return root.resolve("etc");
    }

    /** Bundles dropped here are installed. */
    Path deploy() {
        return root.resolve("deploy");
    }

    /** What the gateway itself writes. */
    Path data() {
        return root.resolve("data");
    }

    /** Held by the operating system for as long as the gateway's process lives. */
    Path lock() {
        return data().resolve("lock");
    }

    /** Process id, address and state of the running gateway. */
    Path runFile() {
        return data().resolve("run.properties");
    }

    /** Jars that a command brings to the gateway, for as long as that takes. */
    Path incoming() {
        return data().resolve("incoming");
    }

    /** The token that the first start makes for the administrator. */
    Path adminToken() {
        return data().resolve("security").resolve("admin.token");
    }

    /** The log files. */
    Path log() {
        return data().resolve("log");
    }

    /** The framework's cache: derived from the distribution, so it is thrown away at each start. */
    Path cache() {
        return data().resolve("cache");
    }

    /** The archive of classes; {@code bin/fieldgate} lets the JVM make one once this folder is there. */
    Path archive() {
        return data().resolve("archive");
    }

    /** Distributions that upgrades have brought. */
    Distributions distributions() {
        return new Distributions(data().resolve("distributions"));
    }

    /** The names of the default configuration files that were written once. */
    Path defaultsWritten() {
        return data().resolve("defaults");
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
