package io.fieldgate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.gateway.ConfigurationFile;
import io.fieldgate.api.gateway.ConfigurationFile.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** A tank whose height could lock somebody out. */
class ConfirmationTest {

    private static final String FILE = "test.sim-tank.cfg";
    private static final String PID = "test.sim~tank";
    private static final long MINUTE_S = 60;

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
    private long writes;

    @BeforeEach
    void begin() throws Exception {
        folder = Files.createDirectory(home.resolve("etc"));
        components.confirm("height.m");
        declarations.add(bundle, Map.of(), Map.of("test.sim", TestMetatype.tank()));
        write("# ours\nheight.m=3.5");
        open();
        log.take();
    }

    private void open() throws Exception {
        files = new EtcFiles(
                new EtcFolder(folder),
                new Means(
                        declarations,
                        new ConfigurationStore(admin),
                        new ComponentProbe(components),
                        new ConfirmedFiles(folder, home.resolve("data/config")),
                        (action, file, outcome) -> audit.add(action + " " + file + " " + outcome),
                        Duration.ofSeconds(MINUTE_S),
                        () -> nanos,
                        () -> Instant.EPOCH.plusNanos(nanos)));
        files.begin();
        settle();
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void whatIsThereAtTheStartIsConfirmed() {
        assertEquals(State.APPLIED, status().state());
        assertEquals(List.of(), files.confirm());
    }

    @Test
    void takesAChangeBackWithTheFile() throws Exception {
        Files.setPosixFilePermissions(folder.resolve(FILE), PosixFilePermissions.fromString("rw-r-----"));
        change("height.m=4.5");
        assertEquals(4.5, height());
        assertEquals(State.UNCONFIRMED, status().state());
        assertEquals(Optional.of(Instant.EPOCH.plusNanos(nanos).plusSeconds(MINUTE_S)), status().revertsAt());
        assertEquals(
                "# ours\nheight.m=3.5",
                Files.readString(home.resolve("data/config").resolve(FILE)));
        String line = log.take().get(0);
        assertTrue(line.startsWith("WARNING " + FILE + " is taken back at 1970-01-01T00:01:02Z unless"), line);

        pass(MINUTE_S - 10);
        assertEquals(4.5, height());
        audit.clear();
        pass(10);

        assertEquals(3.5, height());
        assertEquals("# ours\nheight.m=3.5", Files.readString(folder.resolve(FILE)));
        assertEquals("height.m=4.5", Files.readString(folder.resolve(FILE + ".unconfirmed")));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(FILE))));
        assertNothingKept();
        settle();
        assertEquals(State.APPLIED, status().state());
        assertEquals(List.of("config take back " + FILE + " DONE", "config apply " + FILE + " DONE"), audit);
        assertTrue(log.take()
                .contains("WARNING " + FILE + " was not confirmed in time and is taken back; it lies beside as " + FILE
                        + ".unconfirmed"));
        assertEquals(3.5, height());
    }

    @Test
    void keepsWhatIsConfirmed() throws Exception {
        change("height.m=4.5");

        assertEquals(List.of(FILE), files.confirm());
        pass(2 * MINUTE_S);

        assertEquals(4.5, height());
        assertEquals(State.APPLIED, status().state());
        assertNothingKept();
        open();
        assertEquals(4.5, height());
    }

    @Test
    void aSecondChangeGoesBackToTheConfirmedOneAndHasAMinuteOfItsOwn() throws Exception {
        change("height.m=4.5");
        settle();
        pass(MINUTE_S - 10);
        change("height.m=5.5");
        settle();
        pass(20);
        assertEquals(5.5, height());

        pass(MINUTE_S);

        assertEquals(3.5, height());
        assertEquals("height.m=5.5", Files.readString(folder.resolve(FILE + ".unconfirmed")));
    }

    @Test
    void theFileBackAsItWasEndsTheWait() throws Exception {
        change("height.m=4.5");
        settle();

        change("height.m=3.50");

        assertEquals(State.APPLIED, status().state());
        assertNothingKept();
        pass(2 * MINUTE_S);
        assertEquals("height.m=3.50", Files.readString(folder.resolve(FILE)));
    }

    @Test
    void afterAKillTheStartIsWithTheConfirmedContent() throws Exception {
        change("height.m=4.5");
        log.take();

        open();

        assertEquals(3.5, height());
        assertEquals("height.m=4.5", Files.readString(folder.resolve(FILE + ".unconfirmed")));
        assertTrue(log.take().get(0).startsWith("WARNING " + FILE + " was not confirmed before the gateway ended"));
        assertNothingKept();
    }

    @Test
    void aFileThatWasTakenAwayComesBack() throws Exception {
        Files.delete(folder.resolve(FILE));
        twoRounds();
        assertFalse(admin.stored.containsKey(PID));
        assertEquals(State.UNCONFIRMED, status().state());

        pass(MINUTE_S);

        assertEquals(3.5, height());
        assertTrue(Files.exists(folder.resolve(FILE)));
    }

    @Test
    void aFileThatCameGoes() throws Exception {
        Files.delete(folder.resolve(FILE));
        twoRounds();
        files.confirm();
        assertEquals(List.of(), files.status());

        change("height.m=4.5");
        settle();
        pass(MINUTE_S);

        assertFalse(admin.stored.containsKey(PID));
        assertFalse(Files.exists(folder.resolve(FILE)));
        assertTrue(Files.exists(folder.resolve(FILE + ".unconfirmed")));
        assertEquals(List.of(), files.status());
        assertNothingKept();
    }

    @Test
    void aBadChangeLeavesTheWaitAsItIs() throws Exception {
        change("height.m=4.5");
        settle();
        change("height.m=-1");
        assertEquals(4.5, height());
        assertEquals(State.REFUSED, status().state());

        pass(MINUTE_S);

        assertEquals(3.5, height());
        assertEquals("# ours\nheight.m=3.5", Files.readString(folder.resolve(FILE)));
        assertEquals(State.APPLIED, status().state());
    }

    @Test
    void whatTheComponentFailsWithDoesNotWait() throws Exception {
        change("height.m=99");
        components.fail(PID, Map.of("height.m", 99.0), "java.lang.IllegalArgumentException: too high");
        assertTrue(files.tryOut());
        nanos += TimeUnit.MILLISECONDS.toNanos(Trial.CONFIRM_MS);
        assertFalse(files.tryOut());

        assertEquals(3.5, height());
        assertEquals(List.of("the component fails with it: too high"), status().problems());
        assertEquals(Optional.empty(), status().revertsAt());
        assertNothingKept();
    }

    @Test
    void otherKeysNeedNoConfirmation() throws Exception {
        components.confirm("other");

        change("height.m=4.5");

        assertEquals(State.APPLIED, status().state());
    }

    @Test
    void aChangeWithinATrialWaitsForItsOutcome() throws Exception {
        components.confirm("other");
        change("height.m=4.5");
        change("height.m=99");
        assertEquals(4.5, height());
        components.show(ComponentConfigurationDTO.ACTIVE, PID, Map.of("height.m", 4.5));
        settle();
        twoRounds();
        assertEquals(99.0, height());

        components.fail(PID, Map.of("height.m", 99.0), "x");
        settle();

        assertEquals(4.5, height(), "the last good values, which were tried for a moment only");
    }

    @Test
    void checksWithoutApplying() throws Exception {
        Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));

        assertEquals(List.of(), files.check(Files.writeString(elsewhere.resolve(FILE), "height.m=5")));
        assertEquals(
                List.of("height.m=-1 is not allowed: it must be a number from 0.1 to 100"),
                files.check(Files.writeString(elsewhere.resolve(FILE), "height.m=-1")));
        assertEquals(List.of("it is not UTF-8"), files.check(Files.write(elsewhere.resolve(FILE), new byte[] {
            'h', '=', (byte) 0xff
        })));
        assertEquals(
                List.of("no bundle declares what it configures"),
                files.check(Files.writeString(elsewhere.resolve("unknown.cfg"), "")));
        assertEquals(List.of("its name must end with .cfg"), files.check(elsewhere.resolve("a.txt")));
        assertEquals(3.5, height());
    }

    private ConfigurationFile status() {
        return files.status().get(0);
    }

    private void assertNothingKept() throws IOException {
        Path kept = home.resolve("data/config");
        assertEquals(0, Files.exists(kept) ? kept.toFile().list().length : 0);
    }

    /** Long enough for whatever is tried. */
    private void settle() throws InterruptedException {
        files.tryOut();
        nanos += TimeUnit.MILLISECONDS.toNanos(Trial.PATIENCE_MS);
        files.tryOut();
    }

    private void pass(long seconds) throws IOException {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
        twoRounds();
        twoRounds();
    }

    private void change(String text) throws IOException {
        write(text);
        twoRounds();
    }

    private void twoRounds() throws IOException {
        files.round();
        files.round();
    }

    private Object height() {
        return admin.stored.get(PID).get("height.m");
    }

    private void write(String text) throws IOException {
        Path file = Files.writeString(folder.resolve(FILE), text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(++writes * 1_000));
    }
}
