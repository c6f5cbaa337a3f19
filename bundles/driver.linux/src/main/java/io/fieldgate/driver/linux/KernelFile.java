package io.fieldgate.driver.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A file of /proc or /sys, read at most once in a batch into a buffer that is used again and again.
 *
 * <p>Such files say that they are empty, so they are read until nothing more comes.
 */
final class KernelFile {

    private static final int FIRST_BYTES = 128;
    private static final int MOST_BYTES = 256 * 1024;

    private final Path path;
    private final Batch batch;
    private byte[] content = new byte[FIRST_BYTES];
    private int length;
    private long readIn;
    private IOException failure;

    KernelFile(Path path, Batch batch) {
        this.path = path;
        this.batch = batch;
    }

    /**
     * Reads the file unless this batch has done so.
     *
     * @return the beginning of its content, valid until the next batch
     * @throws IOException if it cannot be read; within one batch the same one again
     */
    Fields fields() throws IOException {
        if (readIn != batch.number()) {
            readIn = batch.number();
            failure = null;
            try {
                load();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return new Fields(content, length);
    }

    /** The same as a text, for what is looked at now and then only. */
    String text() throws IOException {
        fields();
        return new String(content, 0, length, StandardCharsets.UTF_8);
    }

    /** What lies beyond 256 KiB is left alone; no file that is read here comes near. */
    private void load() throws IOException {
        length = 0;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (channel.read(buffer) > 0) {
                length = buffer.position();
                if (length == content.length && length < MOST_BYTES) {
                    content = Arrays.copyOf(content, Math.min(MOST_BYTES, 4 * length));
                    buffer = ByteBuffer.wrap(content).position(length);
                }
            }
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
