package io.fieldgate.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code audit.log} and its predecessors {@code audit.1.log}, {@code audit.2.log} …, the higher the older. Lines are appended and never
 * changed. When the file has its length it becomes the first predecessor, and the last one goes.
 *
 * <p><b>Threading.</b> For one thread at a time.
 */
final class AppendedFile {

    private static final Logger LOG = LoggerFactory.getLogger(AppendedFile.class);

    private static final Set<StandardOpenOption> APPEND =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE);

    private final Path folder;
    private final long maxBytes;
    private final int files;

    private FileChannel channel; // null while none is open
    private boolean torn; // whether the last line may lack its end

    AppendedFile(Path folder, long maxBytes, int files) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.files = files;
    }

    /** Appends a line and returns when the operating system has it. */
    void append(byte[] line) throws IOException {
        try {
            // A removed file would take lines that nobody ever sees.
            if (channel == null || !Files.exists(current())) {
                open();
            }
            if (channel.size() + line.length > maxBytes && channel.size() > 0) {
                rotate();
            }
            if (torn) {
                write(new byte[] {'\n'});
                torn = false;
            }
            torn = true;
            write(line);
            torn = false;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Path current() {
        return folder.resolve("audit.log");
    }

    private Path predecessor(int number) {
        return folder.resolve("audit." + number + ".log");
    }

    private void open() throws IOException {
        close();
        PrivateFolder.open(folder);
        channel = FileChannel.open(current(), APPEND, PrivateFolder.OWNER_FILE);
        torn = !endsWithLine();
    }

    /** After a power cut the last line may be cut off: then the next one must not go on in it. */
    private boolean endsWithLine() throws IOException {
        long size = channel.size();
        if (size == 0) {
            return true;
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        try (FileChannel reader = FileChannel.open(current())) {
            return reader.read(last, size - 1) == 1 && last.get(0) == '\n';
        }
    }

    private void rotate() throws IOException {
        close();
        for (int number = files - 1; number > 0; number--) {
            Path younger = number == 1 ? current() : predecessor(number - 1);
            if (Files.exists(younger)) {
                Files.move(
                        younger,
                        predecessor(number),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        open();
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    void close() {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("the audit log could not be closed", e);
        }
        channel = null;
    }
}
