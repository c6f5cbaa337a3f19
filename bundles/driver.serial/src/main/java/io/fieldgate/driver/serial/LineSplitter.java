package io.fieldgate.driver.serial;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Makes lines of octets, whatever the pieces they come in. A line that is too long is left out as a whole. */
final class LineSplitter {

    private final byte[] end;
    private final byte[] line;
    private final Charset charset;
    private final Consumer<String> taker;
    private int length;
    private boolean skipping;
    private long tooLong;

    LineSplitter(String end, int maxBytes, Charset charset, Consumer<String> taker) {
        this.end = end.getBytes(StandardCharsets.US_ASCII);
        line = new byte[maxBytes + this.end.length];
        this.charset = charset;
        this.taker = taker;
    }

    void take(byte[] octets, int count) {
        byte last = end[end.length - 1];
        for (int i = 0; i < count; i++) {
            byte octet = octets[i];
            if (length == line.length) {
                skipping = true;
                // What may be the beginning of the end is kept.
                line[0] = line[length - 1];
                length = 1;
            }
            line[length++] = octet;
            if (octet == last && length >= end.length && line[length - end.length] == end[0]) {
                finish();
            }
        }
    }

    private void finish() {
        int content = length - end.length;
        length = 0;
        // Many devices end their lines with both, whatever their manual says.
        if (end.length == 1 && end[0] == '\n' && content > 0 && line[content - 1] == '\r') {
            content--;
        }
        if (skipping) {
            skipping = false;
            tooLong++;
        } else {
            taker.accept(new String(line, 0, content, charset));
        }
    }

    /** Forgets the half line: the line has been away. */
    void reset() {
        length = 0;
        skipping = false;
    }

    long tooLong() {
        return tooLong;
    }
}
