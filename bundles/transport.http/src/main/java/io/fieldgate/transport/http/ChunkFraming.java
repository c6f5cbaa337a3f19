package io.fieldgate.transport.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.BadMessageException;

/**
 * Looks at a chunked body before Jetty does, and refuses what Jetty lets pass: a line that ends with a bare line feed, a chunk without
 * its end, an extension without end (RFC 9112, 7.1). A proxy in front that reads such a thing otherwise would see a request end where
 * Jetty does not.
 *
 * <p>Not for use by several threads at once.
 */
final class ChunkFraming {

    private enum Expected {
        SIZE,
        MORE_SIZE,
        EXTENSION,
        LINE_FEED,
        DATA,
        END,
        END_LINE_FEED,
        /** The last chunk has come; trailers and other requests are for Jetty alone. */
        NOTHING
    }

    /** Nothing that is known needs any. */
    private static final int EXTENSION_MAX_BYTES = 1024;

    private static final int SIZE_MAX_DIGITS = 8;
    private static final int HEXADECIMAL = 16;

    private Expected expected = Expected.SIZE;
    private long left;
    /** Characters of the size or the extension so far. */
    private int length;
    /** How many bytes were looked at that Jetty has not taken yet. */
    private int ahead;

    /** Looks at what there is to be read, but not at what it has seen already. */
    void look(ByteBuffer in) {
        int at = in.position() + ahead;
        while (at < in.limit() && expected != Expected.NOTHING) {
            if (expected == Expected.DATA) {
                long skipped = Math.min(left, in.limit() - at);
                at += (int) skipped;
                left -= skipped;
                if (left == 0) {
                    expected = Expected.END;
                }
            } else {
                next(in.get(at++));
            }
        }
        ahead = at - in.position();
    }

    /** Jetty has taken some of what was looked at. */
    void taken(int bytes) {
        ahead = Math.max(0, ahead - bytes);
    }

    private void next(byte octet) {
        switch (expected) {
            case SIZE -> {
                left = digit(octet);
                length = 1;
                expected = Expected.MORE_SIZE;
            }
            case MORE_SIZE -> moreSize(octet);
            case EXTENSION -> {
                check(octet != '\n' && ++length <= EXTENSION_MAX_BYTES);
                expected = octet == '\r' ? Expected.LINE_FEED : Expected.EXTENSION;
            }
            case LINE_FEED -> {
                check(octet == '\n');
                expected = left == 0 ? Expected.NOTHING : Expected.DATA;
            }
            case END -> {
                check(octet == '\r');
                expected = Expected.END_LINE_FEED;
            }
            case END_LINE_FEED -> {
                check(octet == '\n');
                expected = Expected.SIZE;
            }
            default -> throw new IllegalStateException("not asked for when " + expected + " is expected");
        }
    }

    private void moreSize(byte octet) {
        if (octet == ';') {
            length = 0;
            expected = Expected.EXTENSION;
        } else if (octet == '\r') {
            expected = Expected.LINE_FEED;
        } else {
            left = left * HEXADECIMAL + digit(octet);
            check(++length <= SIZE_MAX_DIGITS);
        }
    }

    private static int digit(byte octet) {
        int digit = Character.digit((char) (octet & 0xFF), HEXADECIMAL);
        check(digit >= 0);
        return digit;
    }

    private static void check(boolean right) {
        if (!right) {
            throw new BadMessageException("bad chunk");
        }
    }
}
