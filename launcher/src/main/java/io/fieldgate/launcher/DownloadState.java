package io.fieldgate.launcher;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a download is, over all the times that it was asked for.
 *
 * <p><b>Threading.</b> Safe for use by many threads; only those of the HTTP client write.
 */
final class DownloadState {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

    private final FileChannel file;
    private final long maxBytes;

    // Guarded by this, all of them.
    private long received;
    private long total = -1;
    private boolean begun;
    private boolean wanted;
    private boolean tooLarge;
    private Optional<String> validator = Optional.empty();
    private Optional<IOException> diskFailure = Optional.empty();

    /**
     * Nothing is there yet.
     *
     * @param file where to
     * @param maxBytes the most that is taken
     */
    DownloadState(FileChannel file, long maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
    }

    /** Headers that ask for the rest; none if all is to be sent. */
    synchronized Map<String, String> range() {
        return received > 0 && validator.isPresent()
                ? Map.of("Range", "bytes=" + received + '-', "If-Range", validator.get())
                : Map.of();
    }

    /**
     * A server answers.
     *
     * @return whether what follows is to be written
     */
    synchronized boolean answered(int status, HttpHeaders headers) {
        wanted = false;
        if (status == 206 && continues(headers)) {
            wanted = true;
        } else if (status == 200) {
            begun = true;
            total = headers.firstValueAsLong("Content-Length").orElse(-1);
            tooLarge = total > maxBytes;
            validator = validator(headers);
            wanted = !tooLarge && restart();
        } else if (status == 206 || status == 416) {
            // It is another file by now, or the server does not keep to the rules: from the beginning then.
            restart();
            total = -1;
            validator = Optional.empty();
        }
        return wanted;
    }

    /**
     * Writes what has come.
     *
     * @return whether more is wanted
     */
    synchronized boolean write(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            if (received + part.remaining() > maxBytes) {
                tooLarge = true;
                return false;
            }
            try {
                while (part.hasRemaining()) {
                    received += file.write(part);
                }
            } catch (IOException e) {
                diskFailure = Optional.of(e);
                return false;
            }
        }
        return true;
    }

    /** How many bytes are there. */
    synchronized long received() {
        return received;
    }

    /** How many there will be; -1 if the server has not said. */
    synchronized long total() {
        return total;
    }

    /** Whether all that the server has announced is there. */
    synchronized boolean isWhole() {
        return wanted && (total < 0 || received == total);
    }

    /** Whether the server has had the file at least once. */
    synchronized boolean hasBegun() {
        return begun;
    }

    synchronized boolean tooLarge() {
        return tooLarge;
    }

    /** Why something could not be written, if so. */
    synchronized Optional<IOException> diskFailure() {
        return diskFailure;
    }

    private boolean continues(HttpHeaders headers) {
        Matcher range =
                CONTENT_RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
        return range.matches()
                && Long.parseLong(range.group(1)) == received
                && (total < 0 || range.group(2).equals("*") || Long.parseLong(range.group(2)) == total);
    }

    private boolean restart() {
        received = 0;
        try {
            file.truncate(0);
            return true;
        } catch (IOException e) {
            diskFailure = Optional.of(e);
            return false;
        }
    }

    /** What is good for {@code If-Range}: a strong tag, or a date that is old enough to be one (RFC 9110, 8.8.2.2). */
    private static Optional<String> validator(HttpHeaders headers) {
        Optional<String> tag = headers.firstValue("ETag").filter(text -> text.startsWith("\""));
        return tag.isPresent()
                ? tag
                : headers.firstValue("Last-Modified")
                        .filter(modified ->
                                isBefore(modified, headers.firstValue("Date").orElse("")));
    }

    private static boolean isBefore(String modified, String date) {
        try {
            return ZonedDateTime.parse(modified, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .isBefore(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return false;
        }
    }
}
