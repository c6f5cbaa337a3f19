package io.fieldgate.installer;

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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** An installer for which the text of a "jar" is the name of its bundle. It knows one bundle, {@code pump}. */
final class FakeInstaller implements Installer {

    final List<Update> updates = new CopyOnWriteArrayList<>();
    final AtomicReference<UpdateOptions> options = new AtomicReference<>();

    /** Why the next stage fails, be it an {@code IOException} or an {@code UpdateException}. */
    final AtomicReference<Exception> unstageable = new AtomicReference<>();

    /** Why the next update is refused. */
    final AtomicReference<UpdateException> refusal = new AtomicReference<>();

    final AtomicReference<Update.State> firstState = new AtomicReference<>(Update.State.STAGED);

    /** How many stages have begun, and how many are not closed. */
    final AtomicInteger staging = new AtomicInteger();

    final AtomicInteger staged = new AtomicInteger();
    final CountDownLatch streamBroke = new CountDownLatch(1);

    @Override
    public List<InstalledBundle> bundles() {
        return List.of(new InstalledBundle() {
            @Override
            public long id() {
                return 12;
            }

            @Override
            public String symbolicName() {
                return "pump";
            }

            @Override
            public String version() {
                return "1.0.0";
            }

            @Override
            public Origin origin() {
                return Origin.DEPLOYED;
            }

            @Override
            public State state() {
                return State.RUNNING;
            }

            @Override
            public Optional<String> file() {
                return Optional.of("pump.jar");
            }
        });
    }

    @Override
    public List<FailedFile> failures() {
        return List.of();
    }

    @Override
    public StagedBundle stage(InputStream jar) throws UpdateException, IOException {
        staging.incrementAndGet();
        String name = name(jar);
        Exception failure = unstageable.getAndSet(null);
        if (failure instanceof UpdateException refused) {
            throw refused;
        }
        if (failure instanceof IOException broken) {
            throw broken;
        }
        staged.incrementAndGet();
        return new StagedBundle() {
            @Override
            public String symbolicName() {
                return name;
            }

            @Override
            public String version() {
                return "1.1.0";
            }

            @Override
            public String sha256() {
                return "";
            }

            @Override
            public Optional<String> signer() {
                return Optional.empty();
            }

            @Override
            public void close() {
                staged.decrementAndGet();
            }
        };
    }

    private String name(InputStream jar) throws IOException {
        try {
            return new String(jar.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            streamBroke.countDown();
            throw e;
        }
    }

    @Override
    public Update update(List<StagedBundle> bundles, UpdateOptions asked) throws UpdateException {
        return add(bundles.get(0).symbolicName(), asked);
    }

    @Override
    public Update rollback(String symbolicName, UpdateOptions asked) throws UpdateException {
        return add(symbolicName, asked);
    }

    private Update add(String name, UpdateOptions asked) throws UpdateException {
        UpdateException refused = refusal.getAndSet(null);
        if (refused != null) {
            throw refused;
        }
        options.set(asked);
        Update update = new FakeUpdate(updates.size() + 1L, name, asked.by(), firstState.get());
        updates.add(0, update);
        return update;
    }

    @Override
    public List<Update> updates() {
        return updates;
    }

    @Override
    public Optional<String> verify(Path file, Path signature, UpdateOptions asked) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> complaints() {
        return List.of();
    }
}
