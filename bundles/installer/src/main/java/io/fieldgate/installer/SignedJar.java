package io.fieldgate.installer;

import io.fieldgate.api.gateway.UpdateException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * A jar whose signature holds, or that has none: every entry was read to its end through the JDK's verifier. Whether its signers are trusted is not
 * said here.
 *
 * <p>What counts is the zip's central directory, by which the framework reads the jar too; see {@link JarShape} for what it must look like.
 *
 * @param signers who signed every entry; empty if the jar is not signed, or only in ways that this Java does not accept
 * @param remains what is left of a signature that does not count, in words; empty if there is none
 * @param sums the entry {@code SHA256SUMS}, if there is one
 */
record SignedJar(List<CodeSigner> signers, Optional<String> remains, Optional<String> sums) {

    /** The one entry of the signature of a file that is not a jar. */
    static final String SUMS = "SHA256SUMS";

    /** What is inflated, of all entries together. */
    static final long MAX_BYTES = 512L << 20;

    private static final int SUMS_MAX_BYTES = 4096;
    private static final int CHUNK = 64 * 1024;

    SignedJar {
        signers = List.copyOf(signers);
    }

    /**
     * Reads and verifies all of it.
     *
     * @throws UpdateException if the signature is broken, covers only a part, or the jar can be read in two ways
     */
    static SignedJar read(Path file) throws UpdateException {
        JarShape shape = JarShape.of(file);
        try (JarFile jar = new JarFile(file.toFile(), true, ZipFile.OPEN_READ)) {
            return new Reading(jar, shape).all();
        } catch (SecurityException e) {
            throw refused(
                    "its signature does not fit what is in it (" + e.getMessage()
                            + "): it was changed after it was signed",
                    e);
        } catch (IOException e) {
            throw new UpdateException(
                    UpdateException.Reason.UNUSABLE, "it is not a whole jar: " + String.valueOf(e.getMessage()), e);
        }
    }

    static UpdateException refused(String message) {
        return new UpdateException(UpdateException.Reason.SIGNATURE, message);
    }

    static UpdateException refused(String message, Throwable cause) {
        return new UpdateException(UpdateException.Reason.SIGNATURE, message, cause);
    }

    /** One pass over the entries. */
    private static final class Reading {

        private final JarFile jar;
        private final JarShape shape;
        private final byte[] chunk = new byte[CHUNK];
        private final List<String> unsigned = new ArrayList<>(1);
        private long left = MAX_BYTES;
        private Set<CodeSigner> common;
        private Optional<String> sums = Optional.empty();

        Reading(JarFile jar, JarShape shape) {
            this.jar = jar;
            this.shape = shape;
        }

        SignedJar all() throws IOException, UpdateException {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                one(entries.nextElement());
            }
            if (common == null) {
                return new SignedJar(List.of(), shape.remains(), sums);
            }
            if (!unsigned.isEmpty()) {
                throw refused("its entry " + unsigned.get(0)
                        + " is not signed, the others are: it was added after the jar was signed");
            }
            if (common.isEmpty()) {
                throw refused("its entries are signed by different signers; one must have signed them all");
            }
            return new SignedJar(List.copyOf(common), Optional.empty(), sums);
        }

        private void one(JarEntry entry) throws IOException, UpdateException {
            String name = entry.getName();
            long length;
            try {
                length = readToEnd(entry);
            } catch (SecurityException e) {
                if (JarShape.isOfSignature(name)) {
                    throw e;
                }
                throw refused("its entry " + JarShape.shown(name) + " was changed after the jar was signed", e);
            }
            if (entry.isDirectory()) {
                if (length > 0) {
                    throw refused("its folder " + JarShape.shown(name) + " has content, which no signature covers");
                }
                return;
            }
            if (JarShape.isOfSignature(name)) {
                return;
            }
            CodeSigner[] of = entry.getCodeSigners();
            if (of == null || of.length == 0) {
                if (unsigned.isEmpty()) {
                    unsigned.add(JarShape.shown(name));
                }
            } else if (common == null) {
                common = new LinkedHashSet<>(List.of(of));
            } else {
                common.retainAll(List.of(of));
            }
        }

        private long readToEnd(JarEntry entry) throws IOException, UpdateException {
            boolean kept = entry.getName().equals(SUMS);
            ByteArrayOutputStream copy = new ByteArrayOutputStream(0);
            long length = 0;
            try (InputStream in = jar.getInputStream(entry)) {
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    length += read;
                    left -= read;
                    if (left < 0) {
                        throw new UpdateException(
                                UpdateException.Reason.UNUSABLE,
                                "it has more than " + (MAX_BYTES >> 20) + " MiB when unpacked");
                    }
                    if (kept && length <= SUMS_MAX_BYTES) {
                        copy.write(chunk, 0, read);
                    }
                }
            }
            if (kept && length <= SUMS_MAX_BYTES) {
                sums = Optional.of(copy.toString(StandardCharsets.UTF_8));
            }
            return length;
        }
    }
}
