package io.fieldgate.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The folder of the home with what upgrades have brought: a folder for each distribution, named by its build, and links that say which is
 * which. {@code bin/fieldgate} reads the links too.
 *
 * @param folder {@code data/distributions}
 */
record Distributions(Path folder) {

    /** Stands for the distribution that {@code bin/fieldgate} is called of, which lies elsewhere and is never written to. */
    static final String FACTORY = "factory";

    private static final String INCOMING = ".incoming";
    private static final String UNPACKING = ".unpacking";

    /** What a distribution is, by the name of the link to it. */
    enum Link {
        /** Runs at each start; without the link it is the factory's. */
        CURRENT("current"),
        /** Was current before. */
        PREVIOUS("previous"),
        /** Runs at the next start, to be tried. */
        TRIAL("trial"),
        /** Was started to be tried; if that comes to nothing, it is not started again. */
        TRIED("tried"),
        /** Is about to be what was current before, if what is tried has become current. */
        REPLACED("replaced");

        private final String file;

        Link(String file) {
            this.file = file;
        }
    }

    /** Whether there has been any upgrade. */
    boolean exist() {
        return Files.isDirectory(folder);
    }

    /** The distribution that a link points to. */
    Optional<String> target(Link link) throws IOException {
        Path file = folder.resolve(link.file);
        return Files.isSymbolicLink(file)
                ? Optional.of(Files.readSymbolicLink(file).getFileName().toString())
                : Optional.empty();
    }

    /** Has a link point to a distribution. */
    void point(Link link, String id) throws IOException {
        Durable.link(folder.resolve(link.file), Path.of(id));
    }

    /** Takes a link away, if it is there. */
    void remove(Link link) throws IOException {
        Durable.delete(folder.resolve(link.file));
    }

    /** The distribution that runs unless another is tried. */
    String current() throws IOException {
        return target(Link.CURRENT).orElse(FACTORY);
    }

    /** Makes what is tried current. Whatever happens, one of the two is. */
    void keepTried() throws IOException {
        point(Link.REPLACED, current());
        rename(Link.TRIED, Link.CURRENT);
        rename(Link.REPLACED, Link.PREVIOUS);
    }

    /** Brings {@link #keepTried} to its end if it was interrupted, or takes it back if it had not come far enough. */
    void recover() throws IOException {
        Optional<String> replaced = target(Link.REPLACED);
        if (replaced.isPresent()) {
            if (replaced.get().equals(current())) {
                remove(Link.REPLACED);
            } else {
                rename(Link.REPLACED, Link.PREVIOUS);
            }
        }
    }

    private void rename(Link from, Link to) throws IOException {
        Durable.move(folder.resolve(from.file), folder.resolve(to.file));
    }

    /** Where a distribution lies; of the factory's, what is to be known of it. */
    Path root(String id) {
        return folder.resolve(id);
    }

    /** The name of a distribution here. */
    String idOf(Path root) throws IOException {
        if (!exist()) {
            return FACTORY;
        }
        Path real = root.toRealPath();
        return folder.toRealPath().equals(real.getParent()) ? real.getFileName().toString() : FACTORY;
    }

    /** The build of the factory's distribution that the upgrades were made on top of. */
    Optional<String> factoryBuild() throws IOException {
        Path file = factoryBuildFile();
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    /** Makes the folder, if need be, and says what the upgrades are made on top of. */
    void create(String factoryBuild) throws IOException {
        Files.createDirectories(root(FACTORY));
        Durable.write(factoryBuildFile(), factoryBuild + '\n');
        Durable.sync(folder);
        Durable.sync(folder.getParent());
    }

    private Path factoryBuildFile() {
        return root(FACTORY).resolve("build");
    }

    /** Forgets all upgrades: they were made on top of another distribution than the one that is there now. */
    void forget() throws IOException {
        for (Link link : Link.values()) {
            remove(link);
        }
        Durable.deleteAll(root(FACTORY));
    }

    /** An empty folder for a file that comes in. */
    Path incoming() throws IOException {
        return emptied(INCOMING);
    }

    /** An empty folder to unpack into. */
    Path unpacking() throws IOException {
        return emptied(UNPACKING);
    }

    private Path emptied(String name) throws IOException {
        Path empty = folder.resolve(name);
        Durable.deleteAll(empty);
        return Files.createDirectory(empty);
    }

    /** Held by an upgrade that is under way. */
    Path lock() {
        return folder.resolve("lock");
    }

    /** What became of the last upgrade. */
    Path outcome() {
        return folder.resolve("outcome.properties");
    }

    /**
     * Deletes the distributions that no link points to.
     *
     * @param running the one that runs, which stays
     * @param upgrading whether an upgrade is under way, whose files stay
     */
    void collect(String running, boolean upgrading) throws IOException {
        Set<String> kept = new HashSet<>(Arrays.asList(FACTORY, running));
        for (Link link : Link.values()) {
            target(link).ifPresent(kept::add);
        }
        if (upgrading) {
            kept.addAll(Arrays.asList(INCOMING, UNPACKING));
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                boolean stays = kept.contains(file.getFileName().toString());
                if (!stays && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Durable.deleteAll(file);
                }
            }
        }
    }
}
