package io.fieldgate.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a jar for an update comes from.
 *
 * @param text as it was given
 * @param url its address, or empty if it is a file
 */
record UpdateSource(String text, Optional<URI> url) {

    /** More than any bundle needs, and little enough for a device's disk. */
    static final long MAX_BYTES = 64L * 1024 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;

    /**
     * Reads what was given: {@code http://} and {@code https://} begin an address, all else is a file.
     *
     * @throws CommandFailure if it is an address that cannot be
     */
    static UpdateSource of(String text) throws CommandFailure {
        if (!text.matches("(?i)[a-z][a-z0-9+.-]*://.*")) {
            return new UpdateSource(text, Optional.empty());
        }
        try {
            URI url = new URI(text);
            String scheme = url.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                throw new CommandFailure(ExitStatus.USAGE, text + ": only http, https and files can be fetched");
            }
            if (url.getHost() == null || url.getUserInfo() != null) {
                throw new CommandFailure(
                        ExitStatus.USAGE, "an address is http(s)://HOST[:PORT]/PATH, without a password in it");
            }
            return new UpdateSource(text, Optional.of(url));
        } catch (URISyntaxException e) {
            throw new CommandFailure(ExitStatus.USAGE, text + " is not an address: " + e.getReason(), e);
        }
    }

    /** What people call it. */
    String name() {
        String path = url.map(URI::getPath).orElse(text);
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.isEmpty() ? text : last;
    }

    /**
     * Copies the file.
     *
     * @throws CommandFailure if there is none, or it is too large
     */
    void copy(FileChannel to, Progress progress) throws CommandFailure, IOException {
        Path file = Path.of(text);
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure(
                    ExitStatus.FAILED, text + (Files.exists(file) ? " is not a file" : " does not exist"));
        }
        try (FileChannel from = FileChannel.open(file)) {
            long total = from.size();
            if (total > MAX_BYTES) {
                throw tooLarge(text, MAX_BYTES);
            }
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            long done = 0;
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    done += to.write(buffer);
                }
                buffer.clear();
                if (done > MAX_BYTES) {
                    throw tooLarge(text, MAX_BYTES);
                }
                progress.at(done, total);
            }
        }
    }

    static CommandFailure tooLarge(String what, long maxBytes) {
        return new CommandFailure(ExitStatus.FAILED, what + " is larger than " + maxBytes + " bytes");
    }
}
