package io.fieldgate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

class EtcFilesTest {

    private static final String FILE = "test.sim-tank.cfg";
    private static final String PID = "test.sim~tank";
    private static final List<String> NOTHING = List.of();

    private final FakeConfigurationAdmin admin = new FakeConfigurationAdmin();
    private final FakeComponents components = new FakeComponents("test.sim");
    private final Declarations declarations = new Declarations();
    private final Bundle bundle = TestBundles.active(1);
    private final LogLines log = new LogLines();
    private final List<String> audit = new ArrayList<>();

    @TempDir
    private Path home;

    private Path folder;
    private EtcFiles files;
    private long nanos;

    /** Two writes in a row may get the same time from the file system. */
    private long writes;

    @BeforeEach
    void watch() throws Exception {
        folder = Files.createDirectory(home.resolve("etc"));
        open();
    }

    private void open() throws IOException {
        files = new EtcFiles(
                new EtcFolder(folder),
                new Means(
                        declarations,
                        new ConfigurationStore(admin),
                        new ComponentProbe(components),
                        new ConfirmedFiles(folder, home.resolve("data/config")),
                        (action, file, outcome) -> audit.add(action + " " + file + " " + outcome),
                        Duration.ofSeconds(60),
                        () -> nanos,
                        () -> Instant.EPOCH.plusNanos(nanos)));
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void appliesWhatIsThereAtTheBeginning() throws Exception {
        declare();
        write("height.m=3.5");
        files.begin();

        assertEquals(3.5, height());
        assertEquals(FILE, admin.stored.get(PID).get(ConfigurationStore.FILE));
        assertEquals(NOTHING, log.take(), "the component has not taken it yet");
        components.show(ComponentConfigurationDTO.ACTIVE, PID, Map.of("height.m", 3.5));
        tryOut();
        assertEquals(List.of("INFO " + FILE + " is applied"), log.take());
    }

    @Test
    void appliesAChange() throws Exception {
        beginWell("height.m=3.5");

        change("height.m=4.5");

        assertEquals(4.5, height());
    }

    @Test
    void triesADeviceOnceBesideTheOneThatRuns() throws Exception {
        declare();
        write("height.m=3.5");
        files.begin();
        Path tried = Files.writeString(home.resolve(FILE), "fieldgate.driver.id=sim\nheight.m=4.5");

        try (FileTrial trial = files.tryOut(tried)) {
            assertEquals("trial-sim", trial.driver());
            assertEquals(4.5, admin.stored.get("test.sim~trial-tank").get("height.m"));
            assertEquals(3.5, height(), "what is in force stays");
            assertTrue(trial.failure().isEmpty());
            assertTrue(assertThrows(IllegalStateException.class, () -> files.tryOut(tried))
                    .getMessage()
                    .startsWith("another file is being tried"));
        }

        assertFalse(admin.stored.containsKey("test.sim~trial-tank"));
        files.tryOut(tried).close();
    }

    @Test
    void saysWhyAFileCannotBeTried() throws Exception {
        declare();
        Path bad = Files.writeString(home.resolve(FILE), "fieldgate.driver.id=sim\nheight.m=-1");
        assertEquals(
                "height.m=-1 is not allowed: it must be a number from 0.1 to 100",
                assertThrows(IllegalArgumentException.class, () -> files.tryOut(bad))
                        .getMessage());
        Path noDriver = Files.writeString(home.resolve(FILE), "height.m=1");
        assertEquals(
                "only the file of a device can be tried; this one has no fieldgate.driver.id",
                assertThrows(IllegalArgumentException.class, () -> files.tryOut(noDriver))
                        .getMessage());
        assertTrue(admin.stored.isEmpty(), "nothing of it is left");
    }

    @Test
    void aTrialThatWasLeftBehindGoesAtTheNextBeginning() throws Exception {
        declare();
        files.tryOut(Files.writeString(home.resolve(FILE), "fieldgate.driver.id=sim\nheight.m=4.5"));
        assertTrue(admin.stored.containsKey("test.sim~trial-tank"));

        open();
        files.begin();

        assertFalse(admin.stored.containsKey("test.sim~trial-tank"));
    }

    @Test
    void doesNothingWhenTheContentIsTheSame() throws Exception {
        beginWell("height.m=3.5");

        change("# the same\nheight.m=3.5");

        assertEquals(1, admin.updates);
        assertEquals(NOTHING, log.take());
    }

    @Test
    void keepsTheValuesBeforeWhenOneIsBad() throws Exception {
        beginWell("height.m=3.5");

        change("height.m=-1");

        assertEquals(3.5, height());
        assertEquals(
                List.of("SEVERE " + FILE + ": height.m=-1 is not allowed: it must be a number from 0.1 to 100"),
                log.take());
        change("height.m=4.5");
        assertEquals(4.5, height());
    }

    @Test
    void keepsTheValuesBeforeWhenTheFileCannotBeRead() throws Exception {
        begin("height.m=3.5");

        Files.write(folder.resolve(FILE), new byte[] {'h', '=', (byte) 0xff});
        twoRounds();

        assertEquals(3.5, height());
        assertEquals(List.of("SEVERE " + FILE + " cannot be read: it is not UTF-8"), log.take());
    }

    @Test
    void doesNotTakeAFolderThatVanishesForAnEmptyOne() throws Exception {
        beginWell("height.m=3.5");

        Path away = vanish();
        twoRounds();
        twoRounds();

        assertEquals(3.5, height());
        assertEquals(List.of("WARNING " + folder + " cannot be read; the configurations stay as they are"), log.take());

        Files.move(away, folder);
        twoRounds();
        assertEquals(1, admin.updates);
        change("height.m=4.5");
        assertEquals(4.5, height());

        Files.delete(folder.resolve(FILE));
        twoRounds();
        assertFalse(admin.stored.containsKey(PID));
    }

    @Test
    void forgetsNothingWhileTheFolderCannotBeRead() throws Exception {
        begin("height.m=3.5");
        Path away = vanish();

        open();
        files.begin();
        twoRounds();
        assertEquals(3.5, height());

        Files.move(away, folder);
        Files.delete(folder.resolve(FILE));
        twoRounds();
        assertFalse(admin.stored.containsKey(PID));
    }

    @Test
    void waitsUntilABundleDeclaresThePid() throws Exception {
        write("height.m=3.5");
        files.begin();
        change("height.m=4.5");
        assertEquals(NOTHING, log.take());
        nanos += TimeUnit.MILLISECONDS.toNanos(EtcFile.MENTION_WAIT_MS);
        twoRounds();
        assertEquals(List.of("INFO " + FILE + " waits: no bundle declares what it configures"), log.take());
        assertTrue(admin.stored.isEmpty());

        declare();

        assertEquals(4.5, height());
    }

    @Test
    void checksAgainWhenABundleComesWithAnotherSchema() throws Exception {
        begin("height.m=3.5");
        Bundle newer = TestBundles.active(2);

        files.redeclared(declarations.add(newer, Map.of(), Map.of("test.sim", TestMetatype.port())));

        assertTrue(log.take().get(0).contains("unknown key height.m"), "a schema without this key refuses it");
        assertEquals(3.5, height());
        files.redeclared(declarations.remove(newer));
        assertEquals(NOTHING, log.take());
    }

    @Test
    void deletesTheConfigurationOfAFileThatIsGone() throws Exception {
        begin("height.m=3.5");

        Files.delete(folder.resolve(FILE));
        twoRounds();

        assertTrue(admin.stored.isEmpty());
        assertEquals(List.of("INFO " + FILE + " has gone, and " + PID + " with it"), log.take());
    }

    @Test
    void deletesTheConfigurationOfAFileThatWentBefore() throws Exception {
        admin.stored.put(PID, new Hashtable<>(Map.of(ConfigurationStore.FILE, FILE)));
        admin.stored.put("test.port", new Hashtable<>(Map.of(ConfigurationStore.FILE, "test.port.cfg")));

        files.begin();

        assertTrue(admin.stored.isEmpty());
        assertEquals(
                List.of(
                        "INFO test.port.cfg has gone: test.port is back to its defaults",
                        "INFO " + FILE + " has gone, and " + PID + " with it"),
                log.take());
    }

    @Test
    void leavesConfigurationsFromElsewhereAlone() throws Exception {
        admin.stored.put("other", new Hashtable<>(Map.of("a", "b")));

        begin("height.m=3.5");

        assertEquals(Map.of("a", "b"), admin.stored.get("other"));
    }

    @Test
    void bringsTheValuesBeforeBackWhenTheComponentFails() throws Exception {
        begin("height.m=3.5");
        components.show(ComponentConfigurationDTO.ACTIVE, PID, Map.of("height.m", 3.5));
        tryOut();
        log.take();

        change("height.m=99");
        components.fail(
                PID, Map.of("height.m", 99.0), "java.lang.IllegalArgumentException: height.m=99 does not fit\n\tat x");
        tryOut();

        assertEquals(3.5, height());
        assertEquals(
                List.of("SEVERE " + FILE
                        + ": the component fails with it, so the values before are back: height.m=99 does not fit"),
                log.take());
    }

    @Test
    void takesBackTheFirstValuesWhenTheComponentFailsWithThem() throws Exception {
        begin("height.m=99");
        components.fail(PID, Map.of("height.m", 99.0), "java.lang.IllegalStateException: no");
        tryOut();

        assertTrue(admin.stored.isEmpty());
        assertEquals(
                List.of(
                        "SEVERE " + FILE
                                + ": the component fails with it, so it is not configured: java.lang.IllegalStateException: no"),
                log.take());
        assertEquals(NOTHING, components.changes(), "other instances of the component are left alone");
    }

    @Test
    void startsASingletonWithItsDefaultsWhenItFailsWithTheFirstValues() throws Exception {
        files.redeclared(declarations.add(bundle, Map.of("test.sim", TestMetatype.tank()), Map.of()));
        Files.writeString(folder.resolve("test.sim.cfg"), "height.m=99");
        files.begin();
        components.fail("test.sim", Map.of("height.m", 99.0), "x");
        tryOut();

        assertTrue(admin.stored.isEmpty());
        assertEquals(List.of("disabled", "enabled"), components.changes());
    }

    @Test
    void triesAgainWhatFailedWhenTheFileChanges() throws Exception {
        begin("height.m=99");
        components.fail(PID, Map.of("height.m", 99.0), "x");
        tryOut();

        change("#\nheight.m=99");

        assertEquals(99.0, height());
    }

    @Test
    void doesNotMistakeTheOldComponentForTheNew() throws Exception {
        begin("height.m=3.5");
        components.show(ComponentConfigurationDTO.ACTIVE, PID, Map.of("height.m", 3.5));
        tryOut();
        change("height.m=99");

        // For a moment the old component shows the new values.
        components.show(ComponentConfigurationDTO.ACTIVE, PID, Map.of("height.m", 99.0));
        assertTrue(files.tryOut());
        components.fail(PID, Map.of("height.m", 99.0), "x");
        tryOut();

        assertEquals(3.5, height());
    }

    @Test
    void takesWhatCannotBeSeenForGoodInTheEnd() throws Exception {
        begin("height.m=3.5");
        assertTrue(files.tryOut());

        nanos += TimeUnit.MILLISECONDS.toNanos(Trial.PATIENCE_MS);

        assertFalse(files.tryOut());
        assertEquals(3.5, height());
    }

    private void declare() {
        files.redeclared(declarations.add(bundle, Map.of(), Map.of("test.sim", TestMetatype.tank())));
    }

    /** Takes the folder away, as when its disk is not mounted any more. */
    private Path vanish() throws Exception {
        return Files.move(folder, home.resolve("away"));
    }

    private void begin(String text) throws IOException {
        declare();
        write(text);
        files.begin();
        log.take();
    }

    /** The first values have proved good when this returns. */
    private void beginWell(String text) throws Exception {
        begin(text);
        nanos += TimeUnit.MILLISECONDS.toNanos(Trial.PATIENCE_MS);
        assertFalse(files.tryOut());
        log.take();
    }

    private void change(String text) throws IOException {
        write(text);
        twoRounds();
    }

    private void twoRounds() throws IOException {
        files.round();
        files.round();
    }

    /** Long enough for an outcome to be seen twice. */
    private void tryOut() throws InterruptedException {
        assertTrue(files.tryOut());
        nanos += TimeUnit.MILLISECONDS.toNanos(Trial.CONFIRM_MS);
        assertFalse(files.tryOut());
    }

    private Object height() {
        return admin.stored.get(PID).get("height.m");
    }

    private void write(String text) throws IOException {
        Path file = Files.writeString(folder.resolve(FILE), text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(++writes * 1_000));
    }
}
