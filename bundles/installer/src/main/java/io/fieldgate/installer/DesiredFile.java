package io.fieldgate.installer;

import io.fieldgate.api.gateway.Update;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state file. Its first line bears the SHA-256 of what follows; then comes a line for each bundle that runs otherwise than shipped, which is
 * all that the launcher reads ({@code deploy NAME VERSION SHA256} or {@code update NAME VERSION SHA256}), then {@link DesiredText}. The state before
 * is kept beside it, for a disk that does not keep what it has promised.
 *
 * <p><b>Threading.</b> For one thread at a time; {@link #now} is for any.
 */
final class DesiredFile {

    /** The file's name, in the folder of the installer. */
    static final String NAME = "state";

    /** The name of the state before. */
    static final String BEFORE = "state.before";

    private static final Logger LOG = LoggerFactory.getLogger(DesiredFile.class);
    private static final String FORM = "fieldgate-installer 1 ";

    private final Path folder;
    private final Disk disk;
    private volatile Desired now = Desired.SHIPPED;
    private volatile Set<String> jarsBefore = Set.of();
    private byte[] written = {};

    DesiredFile(Path folder, Edges edges) throws IOException {
        this.folder = Files.createDirectories(folder);
        disk = new Disk(edges);
    }

    /** The state as it was read or written last. */
    Desired now() {
        return now;
    }

    /** The jars that this state or the one before needs, by SHA-256. */
    Set<String> jars() {
        Set<String> jars = new TreeSet<>(now.jars());
        jars.addAll(jarsBefore);
        return jars;
    }

    /** Reads the file anew; one that is not whole is replaced by the one before, and a log line says so. */
    void read() {
        Optional<byte[]> file = bytes(NAME);
        Optional<Desired> current = file.flatMap(bytes -> parse(bytes, NAME));
        Optional<Desired> before = bytes(BEFORE).flatMap(bytes -> parse(bytes, BEFORE));
        jarsBefore = before.map(Desired::jars).orElse(Set.of());
        if (current.isPresent()) {
            written = file.get();
            now = current.get();
        } else if (before.isPresent()) {
            LOG.error("{} cannot be used, so what is to run is taken from {}", folder.resolve(NAME), BEFORE);
            now = before.get();
        } else if (file.isPresent()) {
            LOG.error("neither {} nor {} can be used, so what was shipped runs", folder.resolve(NAME), BEFORE);
            now = Desired.SHIPPED;
        } else {
            now = Desired.SHIPPED;
        }
    }

    /** Removes what a write has left that the power has cut off. Not while another may write. */
    void sweep() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, '*' + Disk.TEMPORARY)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("what a write was cut off in stays in {}: {}", folder, Reasons.of(e));
        }
    }

    /** Puts another state in the place of this one, and returns when that is safely on the disk. */
    void write(Desired next, Update.State edge) throws IOException {
        String what = edge.name().toLowerCase(Locale.ROOT);
        byte[] bytes = bytes(next);
        if (written.length > 0) {
            disk.write(folder.resolve(BEFORE), written, what + ".before");
        }
        disk.write(folder.resolve(NAME), bytes, what);
        written = bytes;
        jarsBefore = now.jars();
        now = next;
    }

    private static byte[] bytes(Desired desired) {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, Desired.Layers> entry : desired.bundles().entrySet()) {
            Desired.Layers layers = entry.getValue();
            layers.effective()
                    .ifPresent(version -> lines.append(layers.dropped().isPresent() ? "deploy " : "update ")
                            .append(entry.getKey())
                            .append(' ')
                            .append(version.version())
                            .append(' ')
                            .append(version.sha256())
                            .append('\n'));
        }
        String rest = lines + new String(DesiredText.write(desired), StandardCharsets.UTF_8) + '\n';
        return (FORM + Sha256.of(rest.getBytes(StandardCharsets.UTF_8)) + '\n' + rest).getBytes(StandardCharsets.UTF_8);
    }

    private Optional<byte[]> bytes(String name) {
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.error("{} cannot be read", folder.resolve(name), e);
            return Optional.of(new byte[0]);
        }
    }

    private Optional<Desired> parse(byte[] bytes, String name) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        String rest = text.substring(end + 1);
        if (end < 0 || !text.substring(0, end).equals(FORM + Sha256.of(rest.getBytes(StandardCharsets.UTF_8)))) {
            LOG.error("{} is torn or was changed by hand", folder.resolve(name));
            return Optional.empty();
        }
        try {
            String json = rest.substring(rest.lastIndexOf('\n', rest.length() - 2) + 1);
            return Optional.of(DesiredText.read(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            LOG.error("{} is not as it must be", folder.resolve(name), e);
            return Optional.empty();
        }
    }
}
