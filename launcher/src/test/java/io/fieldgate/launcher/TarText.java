package io.fieldgate.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Writes tar archives, good ones and others. */
final class TarText {

    private static final int BLOCK = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TarText file(String name, String content) throws IOException {
        return entry(name, '0', 0644, content);
    }

    TarText folder(String name) throws IOException {
        return entry(name, '5', 0755, "");
    }

    /** Adds an entry whatever it is; its name is cut at 100 bytes. */
    TarText entry(String name, char type, int mode, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return header(name, type, mode, bytes.length).padded(bytes);
    }

    /** Adds a header alone, which promises a size. */
    TarText header(String name, char type, int mode, long size) {
        ByteBuffer header = ByteBuffer.allocate(BLOCK);
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        header.put(path, 0, Math.min(path.length, 100));
        put(header, 100, "%07o".formatted(mode));
        put(header, 124, "%011o".formatted(size));
        put(header, 148, "        ");
        put(header, 156, String.valueOf(type));
        put(header, 257, "ustar\00000");
        long sum = 0;
        for (byte each : header.array()) {
            sum += each & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        out.writeBytes(header.array());
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(out.toByteArray());
        all.writeBytes(new byte[2 * BLOCK]);
        return all.toByteArray();
    }

    byte[] gzip() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes());
        }
        return zipped.toByteArray();
    }

    private TarText padded(byte[] content) {
        out.writeBytes(content);
        out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        return this;
    }

    private static void put(ByteBuffer header, int at, String text) {
        header.put(at, text.getBytes(StandardCharsets.US_ASCII));
    }
}
