package io.fieldgate.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.api.gateway.InstalledBundle;
import io.fieldgate.api.gateway.StagedBundle;
import io.fieldgate.api.gateway.Update;
import io.fieldgate.api.gateway.Update.State;
import io.fieldgate.api.gateway.UpdateException;
import io.fieldgate.api.gateway.UpdateException.Reason;
import io.fieldgate.api.gateway.UpdateOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.wiring.BundleWiring;

/** Updates as the shell and HTTP ask for them, in a real framework. */
class UpdateTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final UpdateOptions SHELL = UpdateOptions.of("test", "").onThisMachine();

    @TempDir
    private Path home;

    private TestFramework framework;
    private InstallerService installer;

    @BeforeEach
    void start() throws BundleException, IOException {
        framework = new TestFramework(home);
        installer = newInstaller(Duration.ZERO);
    }

    @AfterEach
    void stop() throws BundleException, InterruptedException {
        installer.deactivate();
        framework.close();
    }

    @Test
    void goesThroughAllStatesAndStaysOverARestart() throws Exception {
        framework.ship(BundleJar.greeting("pump", "1.0"));
        Update update = update(SHELL, BundleJar.greeting("pump", "1.1"));
        List<State> states = Collections.synchronizedList(new ArrayList<>());
        update.onState(states::add);

        assertEquals(State.COMMITTED, update.await(LIMIT));
        assertEquals(List.of(State.STAGED, State.VERIFIED, State.ACTIVATING, State.PROBATION, State.COMMITTED), states);
        assertEquals(List.of("1.1.0"), framework.greetings("pump"));
        assertEquals(Optional.of("1.0.0"), update.parts().get(0).from());
        assertEquals(Optional.of("1.1.0"), update.parts().get(0).to());

        installer.deactivate();
        installer = newInstaller(Duration.ZERO);
        installer.round();
        assertEquals(List.of("1.1.0"), framework.greetings("pump"));
        assertEquals(List.of(update.id()), ids(installer.updates()));
        assertTrue(Files.readString(home.resolve("data/installer/state")).contains("\nupdate pump 1.1.0 "));
    }

    @Test
    void saysWhatIsBeingReplacedWhileItIs() throws Exception {
        Bundle shipped = framework.ship(BundleJar.greeting("pump", "1.0"));
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        ServiceListener listener = event -> {
            Object bundles = event.getServiceReference().getProperty(Gateway.REPLACED_BUNDLES);
            if (bundles instanceof Long[] ids) {
                seen.add((event.getType() == ServiceEvent.REGISTERED ? "begins " : "ends ")
                        + Arrays.toString(ids)
                        + ' '
                        + framework.greetings("pump"));
            }
        };
        framework.context().addServiceListener(listener);
        update(SHELL, BundleJar.greeting("pump", "1.1")).await(LIMIT);

        String id = "[" + shipped.getBundleId() + "] ";
        assertEquals(List.of("begins " + id + "[1.0.0]", "ends " + id + "[1.1.0]"), seen);
    }

    @Test
    void bringsTheOldOneBackWhenTheNewOneDoesNotStart() throws Exception {
        framework.ship(BundleJar.greeting("pump", "1.0"));
        Update update = update(SHELL, BundleJar.named("pump").version("1.1").activator(ThrowingActivator.class));

        assertEquals(State.ROLLED_BACK, update.await(LIMIT));
        assertEquals(Optional.of("pump 1.1.0 does not start: IllegalStateException: no pump found"), update.reason());
        assertEquals(List.of("1.0.0"), framework.greetings("pump"));
        Awaitility.await().atMost(LIMIT).until(() -> stored() == 0);
    }

    @Test
    void replacesSeveralOrNone() throws Exception {
        framework.ship(BundleJar.greeting("fan", "1.0"));
        framework.ship(BundleJar.greeting("pump", "1.0"));
        Update bad = update(
                SHELL,
                BundleJar.greeting("fan", "1.1"),
                BundleJar.named("pump").version("1.1").activator(ThrowingActivator.class));
        assertEquals(State.ROLLED_BACK, bad.await(LIMIT));
        assertEquals(List.of("1.0.0"), framework.greetings("fan"));
        assertEquals(List.of("1.0.0"), framework.greetings("pump"));

        Update good = update(SHELL, BundleJar.greeting("fan", "1.2"), BundleJar.greeting("pump", "1.2"));
        assertEquals(State.COMMITTED, good.await(LIMIT));
        assertEquals(List.of("1.2.0"), framework.greetings("fan"));
        assertEquals(List.of("1.2.0"), framework.greetings("pump"));
    }

    @Test
    void restartsThoseThatAreWiredToItOnlyWithLeave() throws Exception {
        framework.ship(BundleJar.named("lib").version("1.0").header("Export-Package", "lib;version=1.0"));
        Bundle app = framework.ship(BundleJar.greeting("app", "1.0")
                .header("Import-Package", "org.osgi.framework,lib;version=\"[1.0,2)\""));
        BundleJar next = BundleJar.named("lib").version("1.1").header("Export-Package", "lib;version=1.1");
        Update refused = update(SHELL, next);
        assertEquals(State.REFUSED, refused.await(LIMIT));
        assertEquals(Optional.of("update of lib would restart app; --allow-refresh would let it"), refused.reason());

        assertEquals(State.COMMITTED, update(SHELL.allowingRefresh(), next).await(LIMIT));
        assertEquals(Bundle.ACTIVE, app.getState());
        assertEquals(List.of("1.1.0"), wiredTo(app));

        BundleJar without = BundleJar.named("lib").version("1.2").header("Export-Package", "lib;version=2.0");
        Update lost = update(SHELL.allowingRefresh(), without);
        assertEquals(State.ROLLED_BACK, lost.await(LIMIT));
        assertEquals(Optional.of("app 1.0.0 does not run any more"), lost.reason());
        assertEquals(Bundle.ACTIVE, app.getState());
        assertEquals(List.of("1.1.0"), wiredTo(app));
    }

    @Test
    void goesBackStepByStep() throws Exception {
        framework.ship(BundleJar.greeting("pump", "1.0"));
        update(SHELL, BundleJar.greeting("pump", "1.1")).await(LIMIT);
        update(SHELL, BundleJar.greeting("pump", "1.2")).await(LIMIT);

        assertEquals(State.COMMITTED, installer.rollback("pump", SHELL).await(LIMIT));
        assertEquals(List.of("1.1.0"), framework.greetings("pump"));
        assertEquals(State.COMMITTED, installer.rollback("pump", SHELL).await(LIMIT));
        assertEquals(List.of("1.0.0"), framework.greetings("pump"));
        assertEquals(
                Reason.UNKNOWN, refusal(() -> installer.rollback("pump", SHELL)).reason());
        assertEquals(
                Reason.UNKNOWN,
                refusal(() -> installer.rollback("nobody", SHELL)).reason());

        update(SHELL, BundleJar.greeting("new", "1.0")).await(LIMIT);
        assertEquals(State.COMMITTED, installer.rollback("new", SHELL).await(LIMIT));
        assertEquals(List.of(), framework.greetings("new"));
        Awaitility.await().atMost(LIMIT).until(() -> framework.bundles("new").isEmpty());
    }

    @Test
    void refusesWhatIsOlderUnlessItMayBe() throws Exception {
        framework.ship(BundleJar.greeting("pump", "1.0"));
        UpdateException refused = refusal(() -> update(SHELL, BundleJar.greeting("pump", "0.9")));
        assertEquals(Reason.DOWNGRADE, refused.reason());
        assertEquals(
                "pump 0.9.0 is older than 1.0.0, which runs; --allow-downgrade would let it in", refused.getMessage());

        assertEquals(
                State.COMMITTED,
                update(SHELL.allowingDowngrade(), BundleJar.greeting("pump", "0.9"))
                        .await(LIMIT));
        assertEquals(List.of("0.9.0"), framework.greetings("pump"));
    }

    @Test
    void leavesABundleToItsFileInDeploy() throws Exception {
        BundleJar.greeting("pump", "1.0").writeTo(home.resolve("deploy/pump.jar"));
        roundsUntil("pump", "1.0.0");
        UpdateException refused = refusal(() -> update(SHELL, BundleJar.greeting("pump", "1.1")));

        assertEquals(Reason.DEPLOYED, refused.reason());
        assertTrue(refused.getMessage().startsWith("deploy/pump.jar decides"), refused.getMessage());
    }

    @Test
    void goesBackFromAFileInDeployToTheUpdateBefore() throws Exception {
        framework.ship(BundleJar.greeting("pump", "1.0"));
        update(SHELL, BundleJar.greeting("pump", "1.1")).await(LIMIT);
        Path file = BundleJar.greeting("pump", "1.2").writeTo(home.resolve("deploy/pump.jar"));
        roundsUntil("pump", "1.2.0");

        Files.delete(file);
        roundsUntil("pump", "1.1.0");
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> installer.bundles().stream()
                        .map(InstalledBundle::origin)
                        .toList()
                        .equals(List.of(InstalledBundle.Origin.UPDATED, InstalledBundle.Origin.SHIPPED)));
    }

    @Test
    void anUpdateToWhatRunsIsCommittedAtOnce() throws Exception {
        update(SHELL, BundleJar.greeting("pump", "1.1")).await(LIMIT);
        long before = framework.active("pump").orElseThrow().getLastModified();
        Update again = update(SHELL, BundleJar.greeting("pump", "1.1"));

        assertEquals(State.COMMITTED, again.state());
        assertEquals(before, framework.active("pump").orElseThrow().getLastModified());
    }

    @Test
    void aNewerUpdateTakesThePlaceOfOneOnProbation() throws Exception {
        installer.deactivate();
        installer = newInstaller(Duration.ofMinutes(10));
        framework.ship(BundleJar.greeting("pump", "1.0"));
        Update first = update(SHELL, BundleJar.greeting("pump", "1.1"));
        awaitState(first, State.PROBATION);
        assertEquals(InstalledBundle.State.PROBATION, installer.bundles().get(0).state());
        Update second = update(SHELL, BundleJar.greeting("pump", "1.2"));

        assertEquals(State.ROLLED_BACK, first.await(LIMIT));
        assertEquals(Optional.of("superseded by update " + second.id() + " (pump 1.2.0)"), first.reason());
        awaitState(second, State.PROBATION);
        assertEquals(List.of("1.2.0"), framework.greetings("pump"));

        Update other = update(SHELL, BundleJar.greeting("fan", "1.0"));
        Update newer = update(SHELL, BundleJar.greeting("fan", "1.1"));
        assertEquals(State.REFUSED, other.await(LIMIT));
        assertEquals(Optional.of("superseded by update " + newer.id() + " (fan 1.1.0)"), other.reason());
        assertTrue(ids(installer.updates()).contains(other.id()));
    }

    @Test
    void anUpdateThatWasCutOffIsRolledBackAtTheNextStart() throws Exception {
        framework.ship(BundleJar.greeting("pump", "1.0"));
        update(SHELL, BundleJar.greeting("pump", "1.1")).await(LIMIT);
        installer.deactivate();
        DesiredFile file = new DesiredFile(home.resolve("data/installer"), Edges.NONE);
        file.read();
        Deed cut = file.now()
                .ended()
                .get(0)
                .at(State.PROBATION, Optional.empty(), Clock.systemUTC().instant());
        Deed next = new Deed(7, cut.by(), cut.since(), cut.changed(), cut.state(), cut.reason(), cut.parts());
        file.write(file.now().opening(next), State.PROBATION);

        installer = newInstaller(Duration.ZERO);
        installer.round();
        Update ended = installer.updates().get(0);
        assertEquals(7, ended.id());
        assertEquals(State.ROLLED_BACK, ended.state());
        assertEquals(Optional.of("the gateway ended while it was on probation"), ended.reason());
        assertEquals(List.of("1.1.0"), framework.greetings("pump"));
    }

    @Test
    void usesTheStateBeforeWhenTheStateIsTorn() throws Exception {
        update(SHELL, BundleJar.greeting("pump", "1.1")).await(LIMIT);
        Path state = home.resolve("data/installer/state");
        byte[] whole = Files.readAllBytes(state);
        for (int length : new int[] {0, 1, 90, whole.length / 2, whole.length - 1}) {
            Files.write(state, Arrays.copyOf(whole, length));
            DesiredFile file = new DesiredFile(home.resolve("data/installer"), Edges.NONE);
            file.read();
            assertTrue(file.now().open().isPresent(), "that of the probation, at " + length + " bytes");
        }
        whole[whole.length / 2]++;
        Files.write(state, whole);
        DesiredFile file = new DesiredFile(home.resolve("data/installer"), Edges.NONE);
        file.read();
        assertTrue(file.now().open().isPresent());
    }

    @Test
    void keepsNothingOfAJarThatIsTooLargeOrWhoseStreamBreaks() throws Exception {
        assertEquals(
                Reason.UNUSABLE,
                refusal(() -> installer.stage(new ByteArrayInputStream(new byte[1_000_001])))
                        .reason());
        byte[] jar = BundleJar.greeting("pump", "1.0").bytes();
        for (int end = 0; end < jar.length; end += 10) {
            byte[] cut = Arrays.copyOf(jar, end);
            assertEquals(
                    Reason.UNUSABLE,
                    refusal(() -> installer.stage(new ByteArrayInputStream(cut)))
                            .reason());
        }
        assertThrows(IOException.class, () -> installer.stage(new BrokenStream()));
        installer.round();
        assertEquals(0, stored());
    }

    @Test
    void refusesWhatWaitsWhenItStops() throws Exception {
        installer.deactivate();
        installer = newInstaller(Duration.ofMinutes(10));
        awaitState(update(SHELL, BundleJar.greeting("pump", "1.1")), State.PROBATION);
        Update waiting = update(SHELL, BundleJar.greeting("fan", "1.0"));
        assertFalse(waiting.state().isEnd());

        installer.deactivate();
        assertEquals(State.REFUSED, waiting.await(LIMIT));
        assertEquals(
                Reason.BUSY,
                refusal(() -> update(SHELL, BundleJar.greeting("fan", "1.0"))).reason());
    }

    /** A stream that breaks. */
    private static final class BrokenStream extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the line is down");
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return read();
        }
    }

    @FunctionalInterface
    private interface Asked {
        void run() throws Exception;
    }

    private static UpdateException refusal(Asked asked) {
        return assertThrows(UpdateException.class, asked::run);
    }

    private InstallerService newInstaller(Duration probation) throws IOException {
        return new InstallerService(
                framework.context(),
                new Settings(Duration.ofMillis(100), Duration.ofSeconds(10), probation, 5, 1_000_000),
                Clock.systemUTC());
    }

    /** Has the installer look until a version runs; a round that finds another one at work does nothing. */
    private void roundsUntil(String symbolicName, String version) {
        Awaitility.await().atMost(LIMIT).until(() -> {
            installer.round();
            return framework.greetings(symbolicName).equals(List.of(version));
        });
    }

    private Update update(UpdateOptions options, BundleJar... jars) throws UpdateException, IOException {
        List<StagedBundle> staged = new ArrayList<>();
        try {
            for (BundleJar jar : jars) {
                staged.add(installer.stage(new ByteArrayInputStream(jar.bytes())));
            }
            return installer.update(staged, options);
        } finally {
            staged.forEach(StagedBundle::close);
        }
    }

    private static void awaitState(Update update, State state) throws InterruptedException {
        CountDownLatch there = new CountDownLatch(1);
        update.onState(now -> {
            if (now == state) {
                there.countDown();
            }
        });
        assertTrue(there.await(LIMIT.toSeconds(), TimeUnit.SECONDS), update.reason()::toString);
    }

    private static List<String> wiredTo(Bundle app) {
        return app.adapt(BundleWiring.class).getRequiredWires("osgi.wiring.package").stream()
                .map(wire -> wire.getProvider().getBundle())
                .filter(bundle -> bundle.getBundleId() != 0)
                .map(bundle -> bundle.getVersion().toString())
                .toList();
    }

    private static List<Long> ids(List<Update> updates) {
        return updates.stream().map(Update::id).toList();
    }

    private long stored() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("data/store"))) {
            return files.count();
        }
    }
}
