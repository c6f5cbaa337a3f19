package io.fieldgate.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration files that {@code setup} writes, each in one step, and puts back as they were if it does not come to its end.
 *
 * <p><b>Threading.</b> Safe for use by many threads: Ctrl-C may come while a file is written.
 */
final class SetupFiles {

    static final String HTTP = "io.fieldgate.transport.http.cfg";
    static final String TLS = "io.fieldgate.security.tls.cfg";

    private static final Set<String> STORE = Set.of("store", "store.password.file");

    private final Path etc;
    private final Map<String, Optional<String>> before = new LinkedHashMap<>(); // guarded by this
    private boolean ended; // guarded by this

    SetupFiles(Path etc) {
        this.etc = etc;
    }

    /**
     * Says where to listen.
     *
     * @return whether that is something else than before
     */
    boolean listen(SetupAnswers answers) throws CommandFailure, IOException {
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("host", answers.host());
        changes.put("port", String.valueOf(answers.port()));
        changes.put("tls", "true");
        return change(HTTP, changes, Set.of());
    }

    /**
     * Names the files of the certificate, if there are any.
     *
     * @return whether that is something else than before
     */
    boolean certify(SetupAnswers answers) throws CommandFailure, IOException {
        if (answers.pair().isEmpty()) {
            return false;
        }
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("certificate", answers.pair().get().certificate().toString());
        changes.put("key", answers.pair().get().key().toString());
        return change(TLS, changes, STORE);
    }

    private synchronized boolean change(String name, Map<String, String> changes, Set<String> dropped)
            throws CommandFailure, IOException {
        Optional<String> now = read(name);
        ConfigurationText text = new ConfigurationText(now.orElse(""));
        ConfigurationText next = text.with(changes, dropped);
        if (ended || text.values().equals(next.values())) {
            return false;
        }
        before.put(name, now);
        replace(name, next.text());
        return true;
    }

    /** Keeps what was written. */
    synchronized void keep() {
        ended = true;
        before.clear();
    }

    /** Puts back what was there before, unless all is to be kept; nothing can be written any more. */
    synchronized void restore() throws IOException {
        ended = true;
        for (Map.Entry<String, Optional<String>> file : before.entrySet()) {
            if (file.getValue().isPresent()) {
                replace(file.getKey(), file.getValue().get());
            } else {
                Files.deleteIfExists(etc.resolve(file.getKey()));
            }
        }
        before.clear();
    }

    private Optional<String> read(String name) throws CommandFailure, IOException {
        Path file = etc.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (CharacterCodingException e) {
            throw new CommandFailure(ExitStatus.FAILED, file + " is no UTF-8", e);
        }
    }

    /** The ending keeps it from being read before it is whole. */
    private void replace(String name, String text) throws IOException {
        Path file = etc.resolve(name);
        Path next = etc.resolve(name + ".new");
        Files.createDirectories(etc);
        Files.deleteIfExists(next);
        if (Files.exists(file)) {
            Files.copy(file, next, StandardCopyOption.COPY_ATTRIBUTES);
        }
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(etc)) {
            folder.force(true);
        }
    }
}
