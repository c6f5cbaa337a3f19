package io.fieldgate.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * What a running gateway tells the other commands: {@code data/run.properties}. It counts only while the lock is held, for a
 * process that was killed leaves its file behind.
 *
 * @param pid the process id
 * @param state how far it is
 * @param url the address for a browser, empty until the port is open
 * @param started when the process began
 * @param http where the command line said to listen, which wins over the configuration; empty if it did not say
 * @param distribution the folder of the distribution that runs
 * @param detached whether it was started in the background, so that nobody starts it again when it ends
 */
record RunFile(long pid, State state, String url, Instant started, String http, String distribution, boolean detached) {

    /** How far a gateway is. */
    enum State {
        STARTING,
        READY,
        STOPPING
    }

    /** Replaces the file atomically, so that no reader ever sees half of it. */
    void write(Path file) throws IOException {
        String text = "pid=" + pid + "\nstate=" + state + "\nurl=" + url + "\nstarted=" + started + "\nhttp=" + http
                + "\ndistribution=" + distribution + "\ndetached=" + detached + "\n";
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    RunFile with(State next) {
        return new RunFile(pid, next, url, started, http, distribution, detached);
    }

    RunFile ready(String address) {
        return new RunFile(pid, State.READY, address, started, http, distribution, detached);
    }

    /**
     * Reads the file.
     *
     * @return what it says, or nothing if there is none or it makes no sense
     */
    static Optional<RunFile> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            lines.load(reader);
            return Optional.of(new RunFile(
                    Long.parseLong(lines.getProperty("pid", "")),
                    State.valueOf(lines.getProperty("state", "")),
                    lines.getProperty("url", ""),
                    Instant.parse(lines.getProperty("started", "")),
                    lines.getProperty("http", ""),
                    lines.getProperty("distribution", ""),
                    Boolean.parseBoolean(lines.getProperty("detached", ""))));
        } catch (CharacterCodingException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
