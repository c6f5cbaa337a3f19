package io.fieldgate.installer;

import io.fieldgate.api.gateway.UpdateException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The installer's own copies of jars, by SHA-256, so that what was checked is what is installed. Each file is there whole or not at all, whenever
 * the power goes.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class Store {

    private static final String JAR = ".jar";
    private static final int CHUNK = 64 * 1024;

    private final Path folder;
    private final Disk disk;
    private final Edges edges;
    private final long largest;
    private final Map<String, Integer> held = new HashMap<>(); // guarded by this
    private int writing; // guarded by this
    private volatile boolean grown = true; // whether there may be something to collect

    /** @param largest the most bytes of a jar */
    Store(Path folder, Edges edges, long largest) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.edges = edges;
        this.largest = largest;
        disk = new Disk(edges);
    }

    /**
     * A jar of the store, which is not collected until it is let go.
     *
     * @param sha256 SHA-256 of the jar, in hexadecimal
     * @param jar the file, which nobody changes
     */
    record Entry(String sha256, Path jar) {}

    Path folder() {
        return folder;
    }

    /** The hash in the name of a jar of the store. */
    static String sha256(Path jar) {
        String name = String.valueOf(jar.getFileName());
        return name.endsWith(JAR) ? name.substring(0, name.length() - JAR.length()) : "";
    }

    /** Where the jar of a hash lies, if it is there. */
    Path jar(String sha256) {
        return folder.resolve(sha256 + JAR);
    }

    /**
     * Copies a stream to its end and returns when the copy is safely on the disk.
     *
     * @return an entry that is held
     * @throws UpdateException if it is too large
     */
    Entry put(InputStream in) throws IOException, UpdateException {
        synchronized (this) {
            writing++;
        }
        Path temporary = null;
        try {
            edges.at("store.begin");
            temporary = Files.createTempFile(folder, "", Disk.TEMPORARY);
            String sha256 = copy(in, temporary);
            Path jar = jar(sha256);
            hold(sha256);
            try {
                if (!isWhole(sha256)) {
                    disk.move(temporary, jar, "store");
                }
            } catch (IOException e) {
                release(sha256);
                throw e;
            }
            return new Entry(sha256, jar);
        } finally {
            if (temporary != null) {
                Files.deleteIfExists(temporary);
            }
            synchronized (this) {
                writing--;
            }
        }
    }

    /** Keeps a jar from being collected; each call needs one of {@link #release}. */
    synchronized void hold(String sha256) {
        held.merge(sha256, 1, Integer::sum);
    }

    /** Lets a jar go, which is collected later if nobody needs it. */
    synchronized void release(String sha256) {
        grown = true;
        held.computeIfPresent(sha256, (hash, holders) -> holders == 1 ? null : holders - 1);
    }

    /** Tells whether a jar is there and is what its name says. */
    boolean isWhole(String sha256) throws IOException {
        return Files.isRegularFile(jar(sha256)) && Sha256.of(jar(sha256)).equals(sha256);
    }

    /** Tells whether there may be something to collect. */
    boolean hasGrown() {
        return grown;
    }

    /** Removes every jar but those of the given hashes and those that are held, and what an interrupted copy has left. */
    synchronized void retain(Set<String> sha256s) throws IOException {
        grown = writing > 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String sha256 = sha256(file);
                boolean copying = writing > 0 && file.toString().endsWith(Disk.TEMPORARY);
                if (!copying && !sha256s.contains(sha256) && !held.containsKey(sha256)) {
                    Files.deleteIfExists(file);
                    edges.at("collected");
                }
            }
        }
    }

    private String copy(InputStream in, Path file) throws IOException, UpdateException {
        MessageDigest digest = Sha256.digest();
        byte[] chunk = new byte[CHUNK];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                size += read;
                if (size > largest) {
                    throw new UpdateException(
                            UpdateException.Reason.UNUSABLE,
                            "it has more than " + largest + " bytes (bundle.max.bytes of io.fieldgate.installer)");
                }
                digest.update(chunk, 0, read);
                out.write(chunk, 0, read);
            }
        }
        return Sha256.text(digest.digest());
    }
}
