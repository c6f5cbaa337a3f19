package io.fieldgate.shell;

import static io.fieldgate.api.gateway.Update.State.ACTIVATING;
import static io.fieldgate.api.gateway.Update.State.COMMITTED;
import static io.fieldgate.api.gateway.Update.State.PROBATION;
import static io.fieldgate.api.gateway.Update.State.REFUSED;
import static io.fieldgate.api.gateway.Update.State.ROLLED_BACK;
import static io.fieldgate.api.gateway.Update.State.VERIFIED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.gateway.Installer;
import io.fieldgate.api.gateway.Update;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UpdateCommandsTest {

    private static final Duration LOOK = Duration.ofMillis(5);

    @TempDir
    private Path home;

    private final FakeSession session = FakeSession.plain();
    private final FakeInstaller installer = new FakeInstaller();
    private final FakeAudit audit = new FakeAudit();
    private final UpdateHistoryCommand history = new UpdateHistoryCommand();
    private UpdateCommands commands;

    @BeforeEach
    void bind() throws IOException {
        commands = new UpdateCommands(home);
        commands.bindInstaller(installer);
        commands.bindAudit(audit);
        history.bindInstaller(installer);
        Files.writeString(home.resolve("pump.jar"), "pump 1.1.0");
        Files.writeString(home.resolve("valve.jar"), "valve 2.0.0");
    }

    @Test
    void printsEachStateUntilItIsCommitted() throws Exception {
        installer.begins(update(7)).to(VERIFIED, ACTIVATING, PROBATION, COMMITTED);

        commands.update(session, "pump.jar", home.resolve("valve.jar").toString());

        assertEquals("""
                update 7: pump 1.0.0 -> 1.1.0
                staged
                verified
                activating
                probation
                committed
                """, session.printed());
        assertEquals(
                List.of(
                        "stage pump 1.1.0",
                        "stage valve 2.0.0",
                        "update [pump, valve] shell@ local",
                        "close pump",
                        "close valve"),
                installer.asked);
        assertEquals(List.of("shell||update|pump 1.1.0, valve 2.0.0|DONE"), audit.lines);
    }

    @Test
    void printsStatesAsTheyCome() throws Exception {
        FakeUpdate update = installer.begins(update(7)).to(VERIFIED);
        StringBuilder printed = new StringBuilder();
        Thread thread = new Thread(() -> {
            Awaitility.await()
                    .until(() -> printed.append(session.printed()).toString().endsWith("verified\n"));
            update.to(ACTIVATING, COMMITTED);
        });
        thread.start();

        commands.update(session, "pump.jar");
        thread.join();
        assertTrue(printed.append(session.printed()).toString().endsWith("verified\nactivating\ncommitted\n"));
    }

    @Test
    void failsIfItIsRolledBackOrRefusedAndSaysWhy() {
        installer.begins(update(7)).to(VERIFIED, ACTIVATING).ends(ROLLED_BACK, "pump lacks a valve");
        assertEquals(
                "fg:update: update 7 was rolled back, what ran before runs again",
                failureOf(() -> commands.update(session, "pump.jar")));
        assertTrue(session.printed().endsWith("activating\nrolled back: pump lacks a valve\n"));

        installer.begins(update(8)).ends(REFUSED, "it needs io.valve");
        assertEquals(
                "fg:rollback: update 8 was refused, nothing was touched",
                failureOf(() -> commands.rollback(session, "pump")));
        assertTrue(session.printed().endsWith("staged\nrefused: it needs io.valve\n"));
    }

    @Test
    void answersARefusalInOneLine() {
        assertEquals(
                "fg:update: pump 1.1.0 is not signed: sign it", failureOf(() -> commands.update(session, "pump.jar")));
        assertEquals(
                "fg:rollback: there is no version before of pump", failureOf(() -> commands.rollback(session, "pump")));
        assertEquals(List.of("shell||update|pump 1.1.0|FAILED", "shell||rollback|pump|FAILED"), audit.lines);
    }

    @Test
    void givesUpWhatItHasTakenInWhenAPathIsWrong() throws Exception {
        Files.writeString(home.resolve("text.jar"), "text");

        assertEquals(
                "fg:update: missing.jar does not exist",
                failureOf(() -> commands.update(session, "pump.jar", "missing.jar")));
        assertEquals("fg:update: . is not a file", failureOf(() -> commands.update(session, ".")));
        assertEquals("fg:update: text.jar: it is no jar", failureOf(() -> commands.update(session, "text.jar")));
        assertEquals(List.of("stage pump 1.1.0", "close pump"), installer.asked);
    }

    @Test
    void allowsWhatItIsToldToAllowAndNoMoreFromElsewhere() throws Exception {
        installer.begins(update(7)).to(COMMITTED);
        session.use(new Caller(Role.ADMIN, "anna", "192.0.2.7"), "");

        commands.update(session, "--allow-downgrade", "--allow-refresh", "--no-wait", "pump.jar");
        commands.rollback(session, "pump", "--allow-refresh", "--no-wait");

        assertTrue(
                installer.asked.contains("update [pump] anna@192.0.2.7 downgrade refresh"), installer.asked::toString);
        assertTrue(installer.asked.contains("rollback pump anna@192.0.2.7 refresh"), installer.asked::toString);
        assertEquals("update 7: pump 1.0.0 -> 1.1.0\n".repeat(2), session.printed());
    }

    @Test
    void printsOneObject() throws Exception {
        installer.begins(update(7)).to(VERIFIED).ends(ROLLED_BACK, "no \"pump\"");
        String json = """
                {"id":7,"state":"rolled-back","reason":"no \\"pump\\"","by":"shell","since":"2026-01-01T00:01:00Z",\
                "changed":"2026-01-01T00:01:01Z","parts":[{"name":"pump","from":"1.0.0","to":"1.1.0","signer":"CN=Maker"}]}
                """;

        failureOf(() -> commands.update(session, "--json", "pump.jar"));
        assertEquals(json, session.printed());
        history.history(session, "--json", "--update", "7");
        assertEquals(json, session.printed());
        history.history(session, "--json");
        assertEquals("{\"updates\":[" + json.strip() + "]}\n", session.printed());
    }

    @Test
    void endsTheWaitingAndNotTheUpdateWhenInterrupted() throws Exception {
        installer.begins(update(7));
        CountDownLatch ended = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            assertThrows(InterruptedException.class, () -> commands.update(session, "pump.jar"));
            ended.countDown();
        });
        waiting.start();
        Awaitility.await().until(() -> session.live.contains(true));
        waiting.interrupt();

        assertTrue(ended.await(30, TimeUnit.SECONDS));
        assertTrue(session.printed().endsWith("update 7 goes on; fg:history tells how it ends\n"));
    }

    @Test
    void listsUpdatesAllOrOfOneBundle() throws Exception {
        installer.with(
                update(9),
                new FakeUpdate(8, "valve", FakeInstaller.NOW).ends(ROLLED_BACK, "it lacks a pump"),
                update(7).to(COMMITTED));

        history.history(session);
        assertEquals("""
                ID  STATE        TIME                  BY     DETAIL
                 9  staged       2026-01-01T00:01:01Z  shell  pump 1.0.0 -> 1.1.0
                 8  rolled back  2026-01-01T00:01:01Z  shell  valve 1.0.0 -> 1.1.0; it lacks a pump
                 7  committed    2026-01-01T00:01:01Z  shell  pump 1.0.0 -> 1.1.0
                """, session.printed());
        history.history(session, "valve");
        assertEquals(2, session.printed().lines().count());
        history.history(session, "--update", "7");
        assertEquals(2, session.printed().lines().count());
        assertEquals(
                "fg:history: there is no update 6; fg:history lists those that there are",
                failureOf(() -> history.history(session, "-f", "--update", "6")));
        assertEquals("fg:history: --follow needs --update ID", failureOf(() -> history.history(session, "-f")));
    }

    @Test
    void tellsTheStatusOfThoseThatHaveNotEnded() {
        List<Update> updates = List.of(
                update(9),
                new FakeUpdate(8, "valve", FakeInstaller.NOW).to(PROBATION),
                update(7).to(COMMITTED));

        assertEquals(
                Optional.of("8 probation for 4 s (valve 1.0.0 -> 1.1.0); 9 staged for 4 s (pump 1.0.0 -> 1.1.0)"),
                UpdateText.underWay(updates, FakeInstaller.NOW.plusSeconds(5)));
        assertEquals(Optional.empty(), UpdateText.underWay(updates.subList(2, 3), FakeInstaller.NOW));
    }

    @Test
    void followsAnUpdateToItsEnd() throws Exception {
        installer.with(update(7).to(VERIFIED, COMMITTED), update(6).ends(ROLLED_BACK, "no pump"));

        history.history(session, "-f", "--update", "7");
        assertEquals("staged\nverified\ncommitted\n", session.printed());
        assertEquals(
                "fg:history: update 6 was rolled back, what ran before runs again",
                failureOf(() -> history.history(session, "-f", "--update", "6")));
    }

    @Test
    void asksTheSuccessorOfAnInstallerThatIsUpdatedItself() throws Exception {
        Slot<Installer> slot = new Slot<>("io.fieldgate.installer");
        slot.set(new FakeInstaller().with(update(7).to(VERIFIED, ACTIVATING)));
        List<Update.State> seen = new ArrayList<>();

        new UpdateWatch(slot, 7, LOOK).await((update, state) -> {
            seen.add(state);
            if (state == ACTIVATING) {
                slot.set(new FakeInstaller().with(update(7).to(VERIFIED, ACTIVATING, PROBATION, COMMITTED)));
            }
        });
        assertEquals(List.of(Update.State.STAGED, VERIFIED, ACTIVATING, PROBATION, COMMITTED), seen);
    }

    @Test
    void believesAnInstallerThatEndsItsOwnUpdateBeforeItsSuccessorKnows() throws Exception {
        Slot<Installer> slot = new Slot<>("io.fieldgate.installer");
        FakeUpdate old = update(7).to(ACTIVATING);
        slot.set(new FakeInstaller().with(old));

        Update ended = new UpdateWatch(slot, 7, LOOK).await((update, state) -> {
            if (state == ACTIVATING) {
                slot.set(new FakeInstaller().with(update(7).to(ACTIVATING)));
                old.to(PROBATION).ends(ROLLED_BACK, "no pump");
            }
        });
        assertEquals(ROLLED_BACK, ended.state());
        assertEquals(Optional.of("no pump"), ended.reason());
    }

    @Test
    void findsTheEndThatNobodyHasTold() throws Exception {
        FakeInstaller known = new FakeInstaller().with(update(7).to(ACTIVATING));
        Slot<Installer> slot = new Slot<>("io.fieldgate.installer");
        slot.set(known);

        Update ended = new UpdateWatch(slot, 7, LOOK).await((update, state) -> {
            if (state == ACTIVATING) {
                known.forget().with(update(7).to(COMMITTED));
            }
        });
        assertEquals(COMMITTED, ended.state());
    }

    @Test
    void doesNotWaitForeverForAnInstallerThatHasGone() {
        Slot<Installer> slot = new Slot<>("io.fieldgate.installer");

        assertEquals(
                "the bundle io.fieldgate.installer is not active, so the end of update 7 is not known",
                failureOf(() -> new UpdateWatch(slot, 7, LOOK).await((update, state) -> {})));
    }

    @Test
    void offersBundlesAndNumbersOfUpdates() {
        Completions completions = new Completions();
        completions.bindInstaller(installer.with(update(9), update(7)));

        assertEquals(List.of("pump", "valve"), completions.of("fg:rollback", List.of(), ""));
        assertEquals(List.of(), completions.of("fg:rollback", List.of("pump"), ""));
        assertEquals(List.of("pump", "valve"), completions.of("fg:history", List.of("--json"), ""));
        assertEquals(List.of("7", "9"), completions.of("fg:history", List.of("--update"), ""));
        assertEquals(List.of(), completions.of("fg:update", List.of(), ""));
    }

    private static FakeUpdate update(long id) {
        return new FakeUpdate(id, "pump", FakeInstaller.NOW);
    }

    private static String failureOf(Executable command) {
        return assertThrows(RuntimeException.class, command).getMessage();
    }
}
