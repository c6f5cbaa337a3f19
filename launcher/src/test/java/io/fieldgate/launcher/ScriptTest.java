package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which distribution {@code bin/fieldgate} runs; the Java machine is a script that says what it was told. */
class ScriptTest {

    @TempDir
    private Path temporary;

    private Path folder;
    private Path home;
    private Path links;

    @BeforeEach
    void layOut() throws IOException {
        folder = temporary.toRealPath();
        home = folder.resolve("home");
        links = home.resolve("data/distributions");
        Files.createDirectories(folder.resolve("java/bin"));
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"17.0.1\"\n");
        java("exit 0");
        distribution("opt", "1-f");
        distribution("home/data/distributions/2-a", "2-a");
        distribution("home/data/distributions/3-b", "3-b");
        Files.createDirectories(links.resolve("factory"));
        Files.writeString(links.resolve("factory/build"), "1-f\n");
    }

    @Test
    void runsItsOwnDistributionWithoutAnUpgrade() throws Exception {
        assertEquals(List.of("opt status"), said(0, "status"));
        assertEquals(List.of("opt run"), said(0, "run"));
    }

    @Test
    void runsWhatIsCurrentForEveryCommand() throws Exception {
        link("current", "2-a");
        assertEquals(List.of("2-a status"), said(0, "status"));
        assertEquals(List.of("2-a run"), said(0, "run"));
    }

    @Test
    void runsItsOwnIfTheUpgradesWereMadeOnTopOfAnother() throws Exception {
        link("current", "2-a");
        Files.writeString(links.resolve("factory/build"), "0-e\n");
        assertEquals(List.of("opt status"), said(0, "status"));
        List<String> run = said(0, "run");
        assertTrue(run.get(0).endsWith("opt runs"), run::toString);
        assertEquals("opt run", run.get(1));
    }

    @Test
    void runsItsOwnIfWhatIsCurrentIsNotWhole() throws Exception {
        link("current", "2-a");
        Files.delete(links.resolve("2-a/lib/bundles.list"));
        List<String> run = said(0, "run");
        assertTrue(run.get(0).endsWith("opt runs"), run::toString);
        assertEquals("opt run", run.get(1));
    }

    @Test
    void runsItsOwnWithoutAWordIfItIsCurrent() throws Exception {
        link("current", "factory");
        assertEquals(List.of("opt run"), said(0, "run"));
    }

    @Test
    void triesWhatIsNewOnceAndThenRunsWhatWasBefore() throws Exception {
        java("case $* in *distributions/3-b*) exit 1 ;; esac");
        link("current", "2-a");
        link("trial", "3-b");
        assertEquals(List.of("3-b run", "2-a run"), said(0, "run"));
        assertTrue(Files.isSymbolicLink(links.resolve("tried")));
        assertFalse(Files.isSymbolicLink(links.resolve("trial")));
        assertEquals(List.of("2-a run"), said(0, "run"));
    }

    @Test
    void runsWhatWasBeforeIfWhatIsTriedIsKilled() throws Exception {
        java("case $* in *distributions/3-b*) kill -9 $$ ;; esac");
        link("trial", "3-b");
        List<String> run = said(0, "run");
        assertEquals("3-b run", run.get(0));
        assertEquals("opt run", run.get(run.size() - 1));
    }

    @Test
    void triesNothingForOtherCommands() throws Exception {
        link("trial", "3-b");
        assertEquals(List.of("opt status"), said(0, "status"));
        assertTrue(Files.isSymbolicLink(links.resolve("trial")));
    }

    @Test
    void runsNothingElseWhenWhatIsTriedWasStoppedInOrder() throws Exception {
        link("trial", "3-b");
        link("tried", "2-a");
        assertEquals(List.of("3-b run"), said(0, "run"));
        assertEquals("3-b", Files.readSymbolicLink(links.resolve("tried")).toString());
    }

    @Test
    void triesItsOwnAgain() throws Exception {
        link("current", "2-a");
        link("trial", "factory");
        assertEquals(List.of("opt run"), said(0, "run"));
        assertEquals("factory", Files.readSymbolicLink(links.resolve("tried")).toString());
    }

    @Test
    void endsAsAnyOtherOnceItIsCurrent() throws Exception {
        java("mv " + links.resolve("tried") + " " + links.resolve("current") + "; exit 4");
        link("trial", "3-b");
        assertEquals(List.of("3-b run"), said(4, "run"));
    }

    @Test
    void passesAStopOn() throws Exception {
        java("trap 'exit 3' TERM; while :; do sleep 0.05; done");
        link("current", "2-a");
        link("trial", "3-b");
        Path out = folder.resolve("out.txt");
        Process process = command("run").redirectOutput(out.toFile()).start();
        try {
            Awaitility.await()
                    .until(() -> Files.exists(out) && Files.readString(out).contains("3-b run"));
            process.destroy();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(3, process.exitValue());
            assertEquals("3-b run", Files.readString(out).strip(), "nothing was started instead");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void takesItsOwnFolderForTheHomeAlsoWhenAnotherRuns() throws Exception {
        Path own = folder.resolve("opt/data/distributions");
        Files.createDirectories(own.getParent());
        Files.move(links, own);
        Files.createSymbolicLink(own.resolve("current"), Path.of("2-a"));
        home = folder.resolve("opt");
        ProcessBuilder builder = command("status");
        builder.command(builder.command().subList(0, 2));
        Path out = folder.resolve("out.txt");
        Process process = builder.redirectOutput(out.toFile()).start();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals("2-a status", Files.readString(out).strip());
    }

    private void distribution(String path, String build) throws IOException {
        Path root = folder.resolve(path);
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("lib/boot"));
        Path script = Files.copy(Path.of("src/main/dist/bin/fieldgate"), root.resolve("bin/fieldgate"));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(root.resolve("lib/build"), build + '\n');
        Files.writeString(root.resolve("lib/bundles.list"), "1\ta.jar\ta\n");
    }

    /** The Java machine says its distribution and its command, and then does something. */
    private void java(String then) throws IOException {
        Path java = folder.resolve("java/bin/java");
        Files.writeString(java, """
                #!/bin/sh
                for word in "$@"; do
                  case $word in
                    -Dfieldgate.distribution=*) distribution=${word##*/} ;;
                    run | status) command=$word ;;
                  esac
                done
                echo "$distribution $command"
                """ + then + '\n');
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(links.resolve(name), Path.of(target));
    }

    private ProcessBuilder command(String command) {
        List<String> line =
                new ArrayList<>(List.of(folder.resolve("opt/bin/fieldgate").toString(), command));
        line.addAll(List.of("--home", home.toString()));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        return builder;
    }

    private List<String> said(int status, String command) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Process process = command(command).redirectOutput(out.toFile()).start();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        List<String> lines = Files.readAllLines(out);
        assertEquals(status, process.exitValue(), lines::toString);
        return lines;
    }
}
