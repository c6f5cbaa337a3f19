package io.fieldgate.driver.gpio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The levels of outputs when the driver last stopped, in a file. The kernel cannot be asked: reading the level of a line that
 * nobody holds would turn it into an input for a moment.
 */
final class KeptLevels {

    private static final Logger LOG = LoggerFactory.getLogger(KeptLevels.class);

    private final Path file;

    KeptLevels(Path file) {
        this.file = file;
    }

    /** What a line was, or false if that is not known. */
    synchronized boolean level(String line) {
        return Boolean.parseBoolean(read().getProperty(line));
    }

    private Properties read() {
        Properties levels = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                levels.load(in);
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("{} cannot be read, so outputs begin with false: {}", file, e.toString());
            }
        }
        return levels;
    }

    /** Notes what a line is. */
    synchronized void keep(String line, boolean level) {
        Properties levels = read();
        if (!Boolean.toString(level).equals(levels.setProperty(line, Boolean.toString(level)))) {
            try (OutputStream out = Files.newOutputStream(file)) {
                levels.store(out, null);
            } catch (IOException e) {
                LOG.warn("{} cannot be written, so line {} begins with another level: {}", file, line, e.toString());
            }
        }
    }
}
