package io.fieldgate.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What comes into a log file from now on.
 *
 * @param file the log file
 * @param begin where now is
 */
record LogTail(Path file, long begin) {

    private static final int MAX_BYTES = 1024 * 1024;

    static LogTail from(Path file) throws IOException {
        return new LogTail(file, Files.exists(file) ? Files.size(file) : 0);
    }

    /** What follows a text in the first line that has it. */
    Optional<String> find(String text) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        ByteBuffer bytes;
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            channel.position(Math.max(size < begin ? 0 : begin, size - MAX_BYTES));
            bytes = ByteBuffer.allocate((int) (size - channel.position()));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // It reads on.
            }
        }
        return StandardCharsets.UTF_8
                .decode(bytes.flip())
                .toString()
                .lines()
                .filter(line -> line.contains(text))
                .map(line -> line.substring(line.indexOf(text) + text.length()))
                .findFirst();
    }
}
