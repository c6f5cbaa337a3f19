package io.fieldgate.config;

import io.fieldgate.api.gateway.ConfigurationFile;
import io.fieldgate.api.security.Audit.Outcome;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All files of {@code etc/}. Changes of files and trials come from one thread, changes of bundles from any: what both touch is
 * guarded by this object, and nothing is waited for under its lock.
 */
final class EtcFiles {

    private static final Logger LOG = LoggerFactory.getLogger(EtcFiles.class);

    private final EtcFolder folder;
    private final Means means;

    /** By name; guarded by this. */
    private final Map<String, EtcFile> files = new TreeMap<>();

    /** Whether a file is tried once. */
    private final AtomicBoolean trying = new AtomicBoolean();

    /** Of use to the one thread only. */
    private boolean begun;

    EtcFiles(EtcFolder folder, Means means) {
        this.folder = folder;
        this.means = means;
    }

    /**
     * Takes up the files that are there, and forgets configurations whose file went while this bundle was away. If the folder
     * cannot be read, the first round in which it can does so. What waited to be confirmed when the gateway ended is taken back before.
     */
    void begin() throws IOException {
        if (!folder.isReadable()) {
            return;
        }
        begun = true;
        bringBack();
        List<String> present = folder.begin();
        synchronized (this) {
            for (Map.Entry<String, String> configuration :
                    means.store().fromFiles().entrySet()) {
                if (!present.contains(configuration.getValue())) {
                    means.store().delete(configuration.getKey());
                    boolean instance = ConfigurationStore.isInstance(configuration.getKey());
                    LOG.info(
                            instance ? EtcFile.INSTANCE_GONE : EtcFile.DEFAULTS_BACK,
                            configuration.getValue(),
                            configuration.getKey());
                }
            }
        }
        present.forEach(name -> look(name, EtcFile::begin));
    }

    private void bringBack() throws IOException {
        for (String name : means.confirmed().waiting()) {
            try {
                means.confirmed().restore(name);
                LOG.warn(
                        "{} was not confirmed before the gateway ended and is taken back; it lies beside as {}{}",
                        name,
                        name,
                        ConfirmedFiles.REJECTED);
                means.audit().record("config take back", name, Outcome.DONE);
            } catch (IOException e) {
                LOG.error("{} was not confirmed before the gateway ended, but cannot be taken back", name, e);
            }
        }
    }

    /** Looks for changed files once. */
    void round() throws IOException {
        if (!begun) {
            begin();
            return;
        }
        if (!folder.isReadable()) {
            return;
        }
        folder.round().forEach(name -> look(name, EtcFile::changed));
        synchronized (this) {
            for (EtcFile file : files.values()) {
                file.catchUp();
                file.takeBackWhenOver();
                file.mentionWait();
            }
            files.values().removeIf(EtcFile::isForgotten);
        }
    }

    private void look(String name, BiConsumer<EtcFile, Content> follow) {
        try {
            Optional<Content> content = folder.read(name);
            synchronized (this) {
                if (content.isPresent()) {
                    follow.accept(file(name), content.get());
                } else if (files.containsKey(name)) {
                    file(name).removed();
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            String reason = reason(e);
            LOG.error("{} cannot be read: {}", name, reason);
            synchronized (this) {
                file(name).refused(List.of("it cannot be read: " + reason));
            }
        }
    }

    private static String reason(Exception e) {
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8";
        }
        // Its message is the file's path and nothing else.
        return e instanceof AccessDeniedException ? "no permission" : String.valueOf(e.getMessage());
    }

    private EtcFile file(String name) {
        return files.computeIfAbsent(name, absent -> new EtcFile(absent, means));
    }

    /** How each file is. */
    synchronized List<ConfigurationFile> status() {
        return files.values().stream().map(EtcFile::status).toList();
    }

    /** Keeps what waits; a file whose change cannot be kept waits on, and the log says why. */
    synchronized List<String> confirm() {
        List<String> confirmed = new ArrayList<>();
        for (Map.Entry<String, EtcFile> file : files.entrySet()) {
            try {
                if (file.getValue().confirm()) {
                    confirmed.add(file.getKey());
                }
            } catch (IOException e) {
                LOG.error("{} cannot be confirmed", file.getKey(), e);
            }
        }
        files.values().removeIf(EtcFile::isForgotten);
        return confirmed;
    }

    /**
     * Checks a file without applying it.
     *
     * @return what is wrong with it
     * @throws IOException if there is none, or it cannot be read
     */
    List<String> check(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(Declarations.SUFFIX)) {
            return List.of("its name must end with " + Declarations.SUFFIX);
        }
        Optional<Target> target = means.declarations().target(name);
        if (target.isEmpty()) {
            return List.of("no bundle declares what it configures");
        }
        try {
            Content content = Content.read(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
            target.get().schema().check(content.lines());
            return List.of();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return List.of(reason(e));
        } catch (BadValues e) {
            return e.problems();
        }
    }

    /**
     * Puts a file into force for a moment.
     *
     * @throws IOException if there is none, or it cannot be read
     * @throws IllegalArgumentException if it could not be applied
     */
    FileTrial tryOut(Path file) throws IOException {
        List<String> problems = check(file);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        if (!trying.compareAndSet(false, true)) {
            throw new IllegalStateException("another file is being tried; try again when that has ended");
        }
        boolean begun = false;
        try {
            String name = String.valueOf(file.getFileName());
            Target target = means.declarations()
                    .target(name)
                    .orElseThrow(() -> new IllegalArgumentException("its bundle has just gone"));
            Content content = Content.read(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
            FileTrial trial = FileTrial.begin(
                    means, name, target, target.schema().check(content.lines()), () -> trying.set(false));
            begun = true;
            return trial;
        } catch (BadValues e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            if (!begun) {
                trying.set(false);
            }
        }
    }

    /** The bundles that declare these PIDs are others than before. */
    synchronized void redeclared(Set<String> pids) {
        for (Map.Entry<String, EtcFile> file : files.entrySet()) {
            if (pids.stream().anyMatch(pid -> file.getKey().startsWith(pid))) {
                file.getValue().apply();
            }
        }
    }

    /**
     * Looks at the components whose configuration has just changed.
     *
     * @return whether there are more to look at
     */
    boolean tryOut() throws InterruptedException {
        for (EtcFile file : trying()) {
            Optional<Target> unconfigured =
                    file.trial().flatMap(trial -> trial.look().flatMap(outcome -> settle(file, trial, outcome)));
            if (unconfigured.isPresent()) {
                means.probe().restartFailed(unconfigured.get());
            }
        }
        return !trying().isEmpty();
    }

    private synchronized List<EtcFile> trying() {
        return files.values().stream().filter(file -> file.trial().isPresent()).toList();
    }

    private synchronized Optional<Target> settle(EtcFile file, Trial trial, ComponentProbe.Sight outcome) {
        return file.settle(trial, outcome);
    }
}
