package io.fieldgate.launcher;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What became of an upgrade.
 *
 * @param id the distribution that was tried
 * @param kept whether it is current now
 * @param reason why not, in one line; empty if it is
 */
record UpgradeOutcome(String id, boolean kept, String reason) {

    UpgradeOutcome {
        reason = reason.replaceAll("\\R+", " ").replace('\\', '/');
    }

    /** Writes it. */
    void write(Path file) throws IOException {
        Durable.write(file, "distribution=" + id + "\nkept=" + kept + "\nreason=" + reason + '\n');
    }

    /** Reads it, if there is one for a distribution. */
    static Optional<UpgradeOutcome> read(Path file, String id) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(Files.readString(file)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return id.equals(lines.getProperty("distribution"))
                ? Optional.of(new UpgradeOutcome(
                        id, Boolean.parseBoolean(lines.getProperty("kept", "")), lines.getProperty("reason", "")))
                : Optional.empty();
    }
}
