package io.fieldgate.shell;

import io.fieldgate.api.gateway.FailedFile;
import io.fieldgate.api.gateway.InstalledBundle;
import io.fieldgate.api.gateway.Installer;
import io.fieldgate.api.gateway.StagedBundle;
import io.fieldgate.api.gateway.Update;
import io.fieldgate.api.gateway.UpdateException;
import io.fieldgate.api.gateway.UpdateOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An installer in memory; a jar is a text with name and version. */
final class FakeInstaller implements Installer {

    static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    /** What it was asked, in order. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final List<Update> updates = new CopyOnWriteArrayList<>();
    private Optional<FakeUpdate> next = Optional.empty();

    private record Installed(
            long id, String symbolicName, String version, Origin origin, State state, Optional<String> file)
            implements InstalledBundle {}

    private record Failed(String file, String reason, Instant since) implements FailedFile {}

    private final class Staged implements StagedBundle {

        private final String symbolicName;
        private final String version;

        private Staged(String[] words) {
            symbolicName = words[0];
            version = words[1];
        }

        @Override
        public String symbolicName() {
            return symbolicName;
        }

        @Override
        public String version() {
            return version;
        }

        @Override
        public String sha256() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> signer() {
            return Optional.empty();
        }

        @Override
        public void close() {
            asked.add("close " + symbolicName);
        }
    }

    /** Knows updates, the newest first. */
    FakeInstaller with(FakeUpdate... known) {
        updates.addAll(List.of(known));
        return this;
    }

    /** Knows none any more. */
    FakeInstaller forget() {
        updates.clear();
        return this;
    }

    /** Answers the next request with an update. */
    FakeUpdate begins(FakeUpdate update) {
        next = Optional.of(update);
        updates.add(0, update);
        return update;
    }

    @Override
    public List<InstalledBundle> bundles() {
        return List.of(
                new Installed(
                        12,
                        "pump",
                        "1.1.0",
                        InstalledBundle.Origin.DEPLOYED,
                        InstalledBundle.State.RUNNING,
                        Optional.of("pump.jar")),
                new Installed(
                        3,
                        "pump",
                        "1.0.0",
                        InstalledBundle.Origin.SHIPPED,
                        InstalledBundle.State.REPLACED,
                        Optional.empty()),
                new Installed(
                        14,
                        "valve",
                        "2.0.0",
                        InstalledBundle.Origin.UPDATED,
                        InstalledBundle.State.PROBATION,
                        Optional.empty()));
    }

    @Override
    public List<FailedFile> failures() {
        return List.of(new Failed("bad.jar", "it has no manifest", NOW));
    }

    @Override
    public StagedBundle stage(InputStream jar) throws UpdateException, IOException {
        String text = new String(jar.readAllBytes(), StandardCharsets.UTF_8);
        if (!text.contains(" ")) {
            throw new UpdateException(UpdateException.Reason.UNUSABLE, "it is no jar");
        }
        asked.add("stage " + text);
        return new Staged(text.split(" ", 2));
    }

    @Override
    public Update update(List<StagedBundle> bundles, UpdateOptions options) throws UpdateException {
        List<String> names = new ArrayList<>();
        bundles.forEach(bundle -> names.add(bundle.symbolicName()));
        asked.add("update " + names + ' ' + text(options));
        return next.orElseThrow(
                () -> new UpdateException(UpdateException.Reason.SIGNATURE, "pump 1.1.0 is not signed: sign it"));
    }

    @Override
    public Update rollback(String symbolicName, UpdateOptions options) throws UpdateException {
        asked.add("rollback " + symbolicName + ' ' + text(options));
        return next.orElseThrow(() ->
                new UpdateException(UpdateException.Reason.UNKNOWN, "there is no version before of " + symbolicName));
    }

    @Override
    public List<Update> updates() {
        return updates;
    }

    @Override
    public Optional<String> verify(Path file, Path signature, UpdateOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> complaints() {
        return List.of();
    }

    private static String text(UpdateOptions options) {
        return options.by()
                + '@'
                + options.address()
                + (options.isOnThisMachine() ? " local" : "")
                + (options.allowsDowngrade() ? " downgrade" : "")
                + (options.allowsRefresh() ? " refresh" : "");
    }
}
