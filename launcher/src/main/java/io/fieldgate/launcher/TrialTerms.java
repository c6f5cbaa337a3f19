package io.fieldgate.launcher;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is asked of a distribution before it stays.
 *
 * @param ready how long it may take until it is ready
 * @param probation how long it must then have run, when it is asked whether it is healthy
 */
record TrialTerms(Duration ready, Duration probation) {

    /** As long as a start may take. */
    static final int READY_S = 160;

    static final int PROBATION_S = 30;

    private static final Logger LOG = LoggerFactory.getLogger(TrialTerms.class);

    private static final String FILE = "trial.properties";

    /** Writes them to where a distribution lies. */
    void write(Path root) throws IOException {
        Durable.write(
                root.resolve(FILE), "ready.s=" + ready.toSeconds() + "\nprobation.s=" + probation.toSeconds() + '\n');
    }

    /** Reads them; what is not there, cannot be read or makes no sense, is as ever. */
    static TrialTerms read(Path root) {
        Properties lines = new Properties();
        Path file = root.resolve(FILE);
        try {
            if (Files.exists(file)) {
                lines.load(new StringReader(Files.readString(file)));
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("{} cannot be read: the distribution is tried on the usual terms", file, e);
        }
        return new TrialTerms(seconds(lines, "ready.s", READY_S), seconds(lines, "probation.s", PROBATION_S));
    }

    private static Duration seconds(Properties lines, String key, int usual) {
        String text = lines.getProperty(key, "");
        return Duration.ofSeconds(text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : usual);
    }
}
