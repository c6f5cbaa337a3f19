package io.fieldgate.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.gateway.FailedFile;
import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.api.gateway.InstalledBundle;
import io.fieldgate.api.gateway.InstalledBundle.Origin;
import io.fieldgate.api.gateway.InstalledBundle.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.condition.Condition;

class InstallerServiceTest {

    private static final Settings SETTINGS =
            new Settings(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ZERO, 5, 1_000_000);

    @TempDir
    private Path home;

    private Path deploy;
    private TestFramework framework;
    private InstallerService installer;
    private Instant fileTime = Instant.now();

    @BeforeEach
    void start() throws BundleException, IOException {
        framework = new TestFramework(home);
        deploy = home.resolve("deploy");
        installer = newInstaller();
    }

    @AfterEach
    void stop() throws BundleException, InterruptedException {
        installer.deactivate();
        framework.close();
    }

    @Test
    void installsUpdatesAndUninstallsWhatIsDropped() throws Exception {
        drop("pump.jar", BundleJar.greeting("pump", "1.0"));
        rounds(2);
        assertEquals(List.of("1.0.0"), framework.greetings("pump"));

        drop("pump.jar", BundleJar.greeting("pump", "1.1"));
        rounds(2);
        assertEquals(List.of("1.1.0"), framework.greetings("pump"));
        assertEquals(1, framework.bundles("pump").size());

        Files.delete(deploy.resolve("pump.jar"));
        rounds(1);
        assertEquals(List.of(), framework.bundles("pump"));
    }

    @Test
    void takesAFileOnlyWhenItHasStayedTheSameForARound() throws Exception {
        rounds(1);
        drop("pump.jar", BundleJar.greeting("pump", "1.0"));
        rounds(1);
        assertEquals(List.of(), framework.bundles("pump"));

        rounds(1);
        assertEquals(List.of("1.0.0"), framework.greetings("pump"));
    }

    @Test
    void takesWhatHasLainThereForLongInTheFirstRound() throws Exception {
        fileTime = Instant.now().minus(Duration.ofMinutes(1));
        drop("pump.jar", BundleJar.greeting("pump", "1.0"));
        rounds(1);

        assertEquals(List.of("1.0.0"), framework.greetings("pump"));
        assertEquals(1, conditions().size());
    }

    @Test
    void replacesAShippedBundleAndBringsItBack() throws Exception {
        Bundle shipped = framework.ship(BundleJar.greeting("pump", "1.0"));
        drop("new.jar", BundleJar.greeting("pump", "1.1"));
        rounds(2);

        assertEquals(List.of("1.1.0"), framework.greetings("pump"));
        assertEquals(
                List.of("1.1.0 DEPLOYED RUNNING new.jar", "1.0.0 SHIPPED REPLACED -"),
                installer.bundles().stream().map(InstallerServiceTest::text).toList());

        Files.delete(deploy.resolve("new.jar"));
        rounds(1);
        assertEquals(List.of("1.0.0"), framework.greetings("pump"));
        assertEquals(List.of(shipped), framework.bundles("pump"));
    }

    @Test
    void refusesAVersionThatIsOlderThanWhatRuns() throws Exception {
        Bundle shipped = framework.ship(BundleJar.greeting("pump", "1.0"));
        drop("old.jar", BundleJar.greeting("pump", "1.0.0.SNAPSHOT"));
        rounds(2);

        assertEquals(
                "pump 1.0.0.SNAPSHOT is older than 1.0.0, which runs; --allow-downgrade would let it in",
                reason("old.jar"));
        assertEquals(List.of(shipped), framework.bundles("pump"));
    }

    @Test
    void replacesABundleByOneOfTheSameVersion() throws Exception {
        framework.ship(BundleJar.greeting("pump", "1.0"));
        drop("new.jar", BundleJar.greeting("pump", "1.0").header("Built", "later"));
        rounds(2);

        assertEquals(
                "later", framework.active("pump").orElseThrow().getHeaders().get("Built"));
    }

    @Test
    void rollsBackWhatDoesNotStartAndDoesNotTryAgainUntilTheFileChanges() throws Exception {
        framework.ship(BundleJar.greeting("pump", "1.0"));
        drop("pump.jar", BundleJar.named("pump").version("2.0").activator(ThrowingActivator.class));
        rounds(2);

        assertEquals(List.of("1.0.0"), framework.greetings("pump"));
        assertEquals(1, framework.bundles("pump").size());
        assertEquals("pump 2.0.0 does not start: IllegalStateException: no pump found", reason("pump.jar"));
        long back = framework.active("pump").orElseThrow().getLastModified();

        drop("other.jar", BundleJar.greeting("other", "1.0"));
        rounds(2);
        restartInstaller();
        rounds(2);
        assertEquals("pump 2.0.0 does not start: IllegalStateException: no pump found", reason("pump.jar"));
        assertEquals(back, framework.active("pump").orElseThrow().getLastModified());

        drop("pump.jar", BundleJar.greeting("pump", "2.1"));
        rounds(2);
        assertEquals(List.of("2.1.0"), framework.greetings("pump"));
        assertEquals(List.of(), installer.failures());
    }

    @Test
    void rollsBackToADeployedBundleWhoseFileIsGone() throws Exception {
        drop("pump.jar", BundleJar.greeting("pump", "1.0"));
        rounds(2);
        drop("pump.jar", BundleJar.named("pump").version("2.0").activator(ThrowingActivator.class));
        rounds(3);

        assertEquals(List.of("1.0.0"), framework.greetings("pump"));
    }

    @Test
    void bringsTheOldOneBackWhileTheNewOneHangs() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        framework.context().registerService(CountDownLatch.class, latch, null);
        framework.ship(BundleJar.greeting("pump", "1.0"));
        drop("pump.jar", BundleJar.named("pump").version("2.0").activator(HangingActivator.class));
        rounds(2);

        assertEquals(List.of("1.0.0"), framework.greetings("pump"));
        assertEquals("pump 2.0.0 does not start: its start has not ended within 1 s", reason("pump.jar"));

        drop("pump.jar", BundleJar.greeting("pump", "2.1"));
        rounds(2);
        assertEquals(List.of("2.1.0"), framework.greetings("pump"));

        latch.countDown();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> framework.bundles("pump").size() == 2);
        assertEquals(List.of("2.1.0"), framework.greetings("pump"));
    }

    @Test
    void stopsNothingForABundleThatLacksSomething() throws Exception {
        Bundle shipped = framework.ship(BundleJar.greeting("pump", "1.0"));
        drop("pump.jar", BundleJar.greeting("pump", "2.0").header("Import-Package", "org.osgi.framework,no.such"));
        rounds(2);

        assertTrue(
                reason("pump.jar")
                        .startsWith("pump 2.0.0 does not resolve: it needs package no.such, which no bundle offers"),
                reason("pump.jar"));
        assertTrue(reason("pump.jar").contains("no.such"), reason("pump.jar"));
        assertEquals(List.of(shipped), framework.bundles("pump"));
        assertEquals(Bundle.ACTIVE, shipped.getState());
    }

    @Test
    void installsABundleWhenWhatItNeedsHasCome() throws Exception {
        drop("app.jar", BundleJar.greeting("app", "1.0").header("Import-Package", "org.osgi.framework,lib"));
        rounds(2);
        assertEquals(List.of(), framework.greetings("app"));

        drop("lib.jar", BundleJar.named("lib").header("Export-Package", "lib"));
        rounds(2);
        assertEquals(List.of("1.0.0"), framework.greetings("app"));
        assertEquals(List.of(), installer.failures());
    }

    @Test
    void refusesAnUpdateThatWouldRestartOthers() throws Exception {
        framework.ship(BundleJar.named("lib").header("Export-Package", "lib"));
        framework.ship(BundleJar.greeting("app", "1.0").header("Import-Package", "org.osgi.framework,lib"));
        drop("lib.jar", BundleJar.named("lib").version("2.0").header("Export-Package", "lib"));
        rounds(2);

        assertEquals("update of lib would restart app; --allow-refresh would let it", reason("lib.jar"));
        assertEquals(1, framework.bundles("lib").size());
    }

    @Test
    void refusesWhatIsNoBundleOfItsOwn() throws Exception {
        framework.ship(BundleJar.named("single;singleton:=true").version("1.0"));
        drop("fragment.jar", BundleJar.named("fragment").header("Fragment-Host", "pump"));
        drop("old.jar", BundleJar.named("old").header("Bundle-ManifestVersion", "1"));
        drop("name.jar", BundleJar.named("../../name"));
        drop("single.jar", BundleJar.named("single;singleton:=true").version("2.0"));
        drop("version.jar", BundleJar.greeting("version", "one"));
        Files.writeString(deploy.resolve("text.jar"), "no jar");
        rounds(2);

        assertEquals(
                List.of("fragment.jar", "name.jar", "old.jar", "single.jar", "text.jar", "version.jar"),
                installer.failures().stream().map(FailedFile::file).toList());
        assertEquals("fragment 0.0.0 is a fragment, which would restart its host", reason("fragment.jar"));
        assertEquals("it is not an OSGi bundle: Bundle-ManifestVersion is not 2", reason("old.jar"));
        assertTrue(reason("text.jar").startsWith("it is not a whole jar: "), reason("text.jar"));
        assertEquals(1, conditions().size());
    }

    @Test
    void installsAHalfCopiedFileWhenItIsWhole() throws Exception {
        byte[] whole = BundleJar.greeting("pump", "1.0").bytes();
        write("pump.jar", Arrays.copyOf(whole, whole.length / 2));
        rounds(3);
        assertTrue(reason("pump.jar").startsWith("it is not a whole jar: "));

        write("pump.jar", whole);
        rounds(2);
        assertEquals(List.of("1.0.0"), framework.greetings("pump"));
    }

    @Test
    void refusesADamagedFile() throws Exception {
        byte[] damaged = BundleJar.greeting("pump", "1.0").bytes();
        damaged[damaged.length / 2]++;
        write("pump.jar", damaged);
        rounds(2);

        assertTrue(reason("pump.jar").startsWith("it is not a whole jar: "));
        assertEquals(List.of(), framework.bundles("pump"));
    }

    @Test
    void keepsWhatRunsWhenItsFileIsOverwrittenByABrokenOne() throws Exception {
        drop("pump.jar", BundleJar.greeting("pump", "1.0"));
        rounds(2);
        write("pump.jar", new byte[] {1, 2, 3});
        rounds(2);
        assertEquals(List.of("1.0.0"), framework.greetings("pump"));

        restartInstaller();
        rounds(2);
        assertEquals(List.of("1.0.0"), framework.greetings("pump"));

        Files.delete(deploy.resolve("pump.jar"));
        rounds(1);
        assertEquals(List.of(), framework.bundles("pump"));
    }

    @Test
    void takesTheHigherVersionOfTwoFiles() throws Exception {
        drop("a.jar", BundleJar.greeting("pump", "1.10"));
        drop("b.jar", BundleJar.greeting("pump", "1.9"));
        rounds(2);
        assertEquals(List.of("1.10.0"), framework.greetings("pump"));

        Files.delete(deploy.resolve("a.jar"));
        rounds(1);
        assertEquals(List.of("1.9.0"), framework.greetings("pump"));
    }

    @Test
    void adoptsWhatAnInstallerBeforeItHasDeployed() throws Exception {
        framework.ship(BundleJar.greeting("pump", "1.0"));
        drop("pump.jar", BundleJar.greeting("pump", "1.1"));
        drop("gone.jar", BundleJar.greeting("gone", "1.0"));
        rounds(2);
        Bundle before = framework.active("pump").orElseThrow();
        long modified = before.getLastModified();

        installer.deactivate();
        assertEquals(List.of(), conditions());
        Files.delete(deploy.resolve("gone.jar"));
        installer = newInstaller();
        rounds(2);

        assertEquals(Optional.of(before), framework.active("pump"));
        assertEquals(modified, before.getLastModified());
        assertEquals(List.of(), framework.bundles("gone"));
        assertEquals(1, conditions().size());
    }

    @Test
    void ignoresOtherFiles() throws Exception {
        drop(".pump.jar", BundleJar.greeting("pump", "1.0"));
        drop("pump.jar.tmp", BundleJar.greeting("pump", "1.0"));
        Files.createDirectory(deploy.resolve("folder.jar"));
        rounds(2);

        assertEquals(List.of(), framework.bundles("pump"));
        assertEquals(List.of(), installer.failures());
    }

    @Test
    void doesNotTakeAFolderThatVanishesForAnEmptyOne() throws Exception {
        drop("pump.jar", BundleJar.greeting("pump", "1.0"));
        rounds(2);
        Files.move(deploy, home.resolve("away"));
        rounds(2);
        assertEquals(List.of("1.0.0"), framework.greetings("pump"));

        Files.move(home.resolve("away"), deploy);
        Files.delete(deploy.resolve("pump.jar"));
        rounds(1);
        assertEquals(List.of(), framework.bundles("pump"));
    }

    @Test
    void keepsInTheStoreWhatIsUsedAndNothingElse() throws Exception {
        drop("pump.jar", BundleJar.greeting("pump", "1.0"));
        drop("same.jar", BundleJar.greeting("pump", "1.0"));
        drop("bad.jar", BundleJar.named("bad").activator(ThrowingActivator.class));
        rounds(2);
        assertEquals(2, stored());

        Files.delete(deploy.resolve("bad.jar"));
        Files.delete(deploy.resolve("same.jar"));
        rounds(1);
        assertEquals(1, stored());
    }

    @Test
    void namesABadConfigurationValue() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Settings.within("poll.ms", 99, 100, 10_000));
        assertEquals("poll.ms must be 100 to 10000, is 99", refused.getMessage());
    }

    private InstallerService newInstaller() throws IOException {
        return new InstallerService(framework.context(), SETTINGS, Clock.systemUTC());
    }

    private void restartInstaller() throws IOException {
        installer.deactivate();
        installer = newInstaller();
    }

    private void rounds(int number) {
        for (int i = 0; i < number; i++) {
            installer.round();
        }
    }

    private void drop(String name, BundleJar jar) throws IOException {
        write(name, jar.bytes());
    }

    /** Each write has a time of its own, for two within one tick of the file system's clock look the same. */
    private void write(String name, byte[] bytes) throws IOException {
        Path file = Files.write(deploy.resolve(name), bytes);
        fileTime = fileTime.plusSeconds(1);
        Files.setLastModifiedTime(file, FileTime.from(fileTime));
    }

    private String reason(String file) {
        return installer.failures().stream()
                .filter(failure -> failure.file().equals(file))
                .map(FailedFile::reason)
                .findFirst()
                .orElse("");
    }

    private List<?> conditions() throws InvalidSyntaxException {
        return List.copyOf(framework
                .context()
                .getServiceReferences(Condition.class, '(' + Condition.CONDITION_ID + '=' + Gateway.DEPLOYED + ')'));
    }

    private long stored() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("data/store"))) {
            return files.count();
        }
    }

    private static String text(InstalledBundle bundle) {
        Origin origin = bundle.origin();
        State state = bundle.state();
        return bundle.version()
                + ' '
                + origin
                + ' '
                + state
                + ' '
                + bundle.file().orElse("-");
    }
}
