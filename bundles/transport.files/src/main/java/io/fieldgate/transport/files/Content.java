package io.fieldgate.transport.files;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a file was when it was looked at.
 *
 * @param size in bytes
 * @param modified when it was changed last, to the second; nothing if that is not known, or is in the future
 * @param tag the entity tag (RFC 9110, 8.8.3)
 * @param settled whether a change would show in {@code modified}: not so if it was changed just now
 * @param bytes all of it, if it is small
 * @param opener reads it, if it is not
 */
record Content(
        long size, Optional<Instant> modified, EntityTag tag, boolean settled, Optional<byte[]> bytes, Opener opener) {

    /** The largest file that is kept in memory, in bytes. */
    static final int SMALL_MAX_BYTES = 128 * 1024;

    /** Opens the file, at an offset in bytes. */
    @FunctionalInterface
    interface Opener {

        /** Fails if it is not the file any more that was looked at. */
        InputStream open(long offset) throws IOException;
    }

    /** A file that is kept in memory. Its tag comes from what it says, so that a copy of it has the same. */
    static Content small(byte[] bytes, Optional<Instant> modified, boolean settled) {
        return new Content(
                bytes.length, modified, new EntityTag(false, hash(bytes)), settled, Optional.of(bytes), offset -> {
                    throw new IOException("it is in memory");
                });
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
