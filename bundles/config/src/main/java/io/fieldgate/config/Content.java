package io.fieldgate.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What a file says.
 *
 * @param text all of it, comments too
 * @param lines its keys and values
 */
record Content(String text, Map<String, String> lines) {

    /** No configuration file is anywhere near this. */
    static final long MAX_BYTES = 64 * 1024;

    /**
     * Takes a text apart.
     *
     * @throws IOException never, for the text is in memory
     * @throws IllegalArgumentException if it has a broken escape
     */
    static Content of(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        Map<String, String> lines = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> lines.put(key, properties.getProperty(key)));
        return new Content(text, lines);
    }

    /**
     * Reads a file.
     *
     * @return nothing if it is gone
     * @throws IOException if it cannot be read, or is no UTF-8
     * @throws IllegalArgumentException if it has a broken escape
     */
    static Optional<Content> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("it is larger than " + MAX_BYTES / 1024 + " KiB");
        }
        return Optional.of(of(Files.readString(file, StandardCharsets.UTF_8)));
    }
}
