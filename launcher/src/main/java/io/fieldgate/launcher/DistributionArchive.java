package io.fieldgate.launcher;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A distribution as it is shipped, a {@code tar.gz} with one folder that holds all. It is believed nothing: entries that would come to lie
 * elsewhere, links and devices are refused, and so is more than a distribution can be.
 *
 * @param file the archive
 */
record DistributionArchive(Path file) {

    static final long MAX_BYTES = 512L * 1024 * 1024;
    static final int MAX_ENTRIES = 4_096;

    private static final int MAX_DEPTH = 12;
    private static final int MAX_NAME = 255;
    private static final int BUFFER = 64 * 1024;

    /** What a file takes on the disk beside its bytes. */
    private static final long OVERHEAD = 4_096;

    /** Gets the entries one after another. */
    private interface Taker {

        /** Takes one; what it leaves of its bytes is read past. */
        void take(Path path, TarReader.Entry entry, TarReader tar) throws CommandFailure, IOException;
    }

    /**
     * Reads the archive to its end.
     *
     * @return how many bytes it takes on the disk
     * @throws CommandFailure if it is not whole, or has entries that it must not have
     */
    long check() throws CommandFailure, IOException {
        long[] bytes = {0};
        read((path, entry, tar) -> bytes[0] += entry.size() + OVERHEAD);
        return bytes[0];
    }

    /**
     * Unpacks what lies in the archive's folder, all of it to the disk.
     *
     * @param target an empty folder
     * @throws CommandFailure as {@link #check}
     */
    void unpack(Path target) throws CommandFailure, IOException {
        read((path, entry, tar) -> {
            Path to = target.resolve(path);
            if (entry.kind() == TarReader.Kind.FOLDER) {
                Files.createDirectories(to);
            } else {
                Files.createDirectories(to.getParent());
                write(tar, to, entry.executable());
            }
        });
        syncFolders(target);
    }

    private void read(Taker taker) throws CommandFailure, IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            InputStream plain = unzipped(raw);
            TarReader tar = new TarReader(plain);
            String folder = "";
            long bytes = 0;
            int entries = 0;
            for (Optional<TarReader.Entry> next = next(tar); next.isPresent(); next = next(tar)) {
                TarReader.Entry entry = next.get();
                entries++;
                bytes += entry.size();
                if (entries > MAX_ENTRIES || bytes > MAX_BYTES || bytes < 0) {
                    throw bad(
                            "it unpacks to more than " + MAX_ENTRIES + " files or " + MAX_BYTES / 1024 / 1024 + " MiB");
                }
                String[] parts = parts(entry);
                folder = folder.isEmpty() ? parts[0] : folder;
                if (!folder.equals(parts[0])) {
                    throw bad("it has more than one folder at its top: " + folder + " and " + parts[0]);
                }
                if (parts.length > 1) {
                    String[] below = Arrays.copyOfRange(parts, 2, parts.length);
                    taker.take(Path.of(parts[1], below), entry, tar);
                } else if (entry.kind() != TarReader.Kind.FOLDER) {
                    throw bad(entry.name() + " does not lie in a folder");
                }
            }
            readToEnd(plain);
        }
    }

    private InputStream unzipped(InputStream raw) throws CommandFailure {
        try {
            return new GZIPInputStream(raw, BUFFER);
        } catch (IOException e) {
            throw notWhole(e);
        }
    }

    private Optional<TarReader.Entry> next(TarReader tar) throws CommandFailure {
        try {
            return tar.next();
        } catch (IOException e) {
            throw notWhole(e);
        }
    }

    /** The checksum stands at the end of a gzip file; zeros may come before it. */
    private void readToEnd(InputStream plain) throws CommandFailure {
        try {
            byte[] buffer = new byte[BUFFER];
            long bytes = 0;
            for (int count = plain.read(buffer); count >= 0; count = plain.read(buffer)) {
                bytes += count;
                if (bytes > MAX_BYTES) {
                    throw bad("there is too much behind its end");
                }
            }
        } catch (IOException e) {
            throw notWhole(e);
        }
    }

    private String[] parts(TarReader.Entry entry) throws CommandFailure {
        String name = entry.name();
        if (entry.kind() == TarReader.Kind.OTHER) {
            throw bad(shown(name) + " is neither a file nor a folder");
        }
        String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        String[] parts = plain.split("/", -1);
        if (parts.length > MAX_DEPTH) {
            throw bad(shown(name) + " lies too deep");
        }
        for (String part : parts) {
            boolean odd = part.chars().anyMatch(Character::isISOControl) || part.indexOf('\\') >= 0;
            if (odd || part.isEmpty() || part.equals(".") || part.equals("..") || part.length() > MAX_NAME) {
                throw bad("no entry may be named " + shown(name));
            }
        }
        return parts;
    }

    private static String shown(String name) {
        String printable = name.replaceAll("\\p{Cc}", "?");
        return '"' + (printable.length() > 100 ? printable.substring(0, 100) + "…" : printable) + '"';
    }

    private void write(TarReader tar, Path to, boolean executable) throws CommandFailure, IOException {
        byte[] buffer = new byte[BUFFER];
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int count = read(tar, buffer); count >= 0; count = read(tar, buffer)) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            throw bad("it has " + shown(to.getFileName().toString()) + " twice", e);
        }
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private int read(TarReader tar, byte[] buffer) throws CommandFailure {
        try {
            return tar.read(buffer);
        } catch (IOException e) {
            throw notWhole(e);
        }
    }

    private static void syncFolders(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.isDirectory(file)) {
                    syncFolders(file);
                }
            }
        }
        Durable.sync(folder);
    }

    private CommandFailure notWhole(IOException cause) {
        return bad("it is not a whole tar.gz: " + Complaint.sentence(cause), cause);
    }

    private CommandFailure bad(String what) {
        return bad(what, null);
    }

    private CommandFailure bad(String what, IOException cause) {
        return new CommandFailure(ExitStatus.FAILED, file.getFileName() + " cannot be used: " + what, cause);
    }
}
