package io.fieldgate.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All files of {@code etc/}. Changes of files and trials come from one thread, changes of bundles from any: what both touch is
 * guarded by this object, and nothing is waited for under its lock.
 */
final class EtcFiles {

    private static final Logger LOG = LoggerFactory.getLogger(EtcFiles.class);

    private final EtcFolder folder;
    private final Declarations declarations;
    private final ConfigurationStore store;
    private final ComponentProbe probe;
    private final LongSupplier nanoTime;

    /** By name; guarded by this. */
    private final Map<String, EtcFile> files = new TreeMap<>();

    /** Of use to the one thread only. */
    private boolean begun;

    EtcFiles(
            EtcFolder folder,
            Declarations declarations,
            ConfigurationStore store,
            ComponentProbe probe,
            LongSupplier nanoTime) {
        this.folder = folder;
        this.declarations = declarations;
        this.store = store;
        this.probe = probe;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes up the files that are there, and forgets configurations whose file went while this bundle was away. If the folder
     * cannot be read, the first round in which it can does so.
     */
    void begin() throws IOException {
        if (!folder.isReadable()) {
            return;
        }
        begun = true;
        List<String> present = folder.begin();
        synchronized (this) {
            for (Map.Entry<String, String> configuration : store.fromFiles().entrySet()) {
                if (!present.contains(configuration.getValue())) {
                    store.delete(configuration.getKey());
                    boolean instance = ConfigurationStore.isInstance(configuration.getKey());
                    LOG.info(
                            instance ? EtcFile.INSTANCE_GONE : EtcFile.DEFAULTS_BACK,
                            configuration.getValue(),
                            configuration.getKey());
                }
            }
        }
        present.forEach(this::look);
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
        folder.round().forEach(this::look);
        synchronized (this) {
            files.values().forEach(EtcFile::mentionWait);
        }
    }

    private void look(String name) {
        try {
            Optional<Map<String, String>> lines = folder.read(name);
            synchronized (this) {
                if (lines.isPresent()) {
                    files.computeIfAbsent(name, this::file).changed(lines.get());
                } else if (files.containsKey(name)) {
                    files.remove(name).removed();
                }
            }
        } catch (CharacterCodingException e) {
            LOG.error("{} cannot be read: it is not UTF-8", name);
        } catch (AccessDeniedException e) {
            // Its message is the file's path and nothing else.
            LOG.error("{} cannot be read: no permission", name);
        } catch (IOException | IllegalArgumentException e) {
            LOG.error("{} cannot be read: {}", name, e.getMessage());
        }
    }

    private EtcFile file(String name) {
        return new EtcFile(name, declarations, store, probe, nanoTime);
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
                probe.restartFailed(unconfigured.get());
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
