package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.NapCommands;
import io.fieldgate.testkit.BundleJar;
import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.GatewayProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The interactive shell, in a real terminal. Skipped where no tmux is installed, unless a build server runs it. */
class ShellTerminalIT {

    private static final String PROMPT = "fg>";
    private static final String SHELL = "io.fieldgate.shell";

    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        TmuxTerminal.require();
        gateway = GatewayProcess.start();
        gateway.deploy(TestBundle.of("naps", NapCommands.class).build(), "naps.jar");
        await("the commands are there")
                .atMost(Duration.ofSeconds(30))
                .until(() -> gateway.shell("itest:lines 1").status() == 0);
    }

    @AfterAll
    static void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
    }

    @Test
    void completesRemembersAndLeavesTheTerminalAsItWas() throws Exception {
        try (TmuxTerminal terminal = TmuxTerminal.open()) {
            terminal.run("before=$(stty -g)");
            attach(terminal, gateway);
            terminal.type("fg:poi");
            terminal.press("Tab");
            terminal.awaitText("fg:points");
            terminal.press("C-c");
            terminal.awaitLastLine(PROMPT);
            terminal.enter("number = 4711");
            terminal.awaitText("\n4711\n");
            terminal.press("Up", "Up", "Down");
            terminal.awaitLastLine("fg> number = 4711");
            terminal.press("C-c");
            terminal.awaitLastLine(PROMPT);
            terminal.enter("exit");
            assertEnded(terminal, 0);
        }
    }

    @Test
    void showsALongOutputAScreenAtATime() throws Exception {
        try (TmuxTerminal terminal = TmuxTerminal.open()) {
            attach(terminal, gateway);
            terminal.enter("itest:lines 500");
            terminal.awaitLastLine("q to quit --");
            assertFalse(terminal.text().contains("line <24>"));
            terminal.press("Space");
            terminal.awaitText("line <46>");
            terminal.awaitLastLine("q to quit --");
            terminal.type("q");
            terminal.awaitLastLine(PROMPT);
            assertFalse(terminal.text().contains("line <500>"));
        }
    }

    @Test
    void endsACommandOnCtrlC() throws Exception {
        try (TmuxTerminal terminal = TmuxTerminal.open()) {
            attach(terminal, gateway);
            terminal.enter("itest:nap");
            terminal.awaitText("the nap begins");
            terminal.press("C-c");
            terminal.awaitLastLine(PROMPT);
            terminal.enter("number = 4711");
            terminal.awaitText("\n4711\n");
        }
    }

    @Test
    void watchHasTheWholeScreenAndGivesItBack() throws Exception {
        try (TmuxTerminal terminal = TmuxTerminal.open()) {
            attach(terminal, gateway);
            terminal.enter("fg:watch sim/**");
            terminal.awaitText("points  sim/**  (Ctrl-C ends)", "sim/tank/level", "sim/tank/valve");
            assertFalse(terminal.isPlain());
            terminal.resize(70, 7);
            terminal.awaitText("2 more do not fit");
            terminal.press("C-c");
            terminal.awaitLastLine(PROMPT);
            assertTrue(terminal.isPlain());
            assertFalse(terminal.text().contains("do not fit"));
            terminal.enter("number = 4711");
            terminal.awaitText("\n4711\n");
        }
    }

    @Test
    void followsTheLogWithoutPagingUntilCtrlC() throws Exception {
        try (TmuxTerminal terminal = TmuxTerminal.open()) {
            attach(terminal, gateway);
            terminal.enter("fg:log -f -n 1000");
            terminal.awaitText("ready at http://");
            assertFalse(terminal.text().contains("-- more"));
            terminal.press("C-c");
            terminal.awaitLastLine(PROMPT);
        }
    }

    @Test
    void aCommandThatIsKilledGivesTheScreenBack() throws Exception {
        try (TmuxTerminal terminal = TmuxTerminal.open()) {
            terminal.run("before=$(stty -g)");
            terminal.enter(command(gateway) + " fg:watch 'sim/**'");
            terminal.awaitText("points  sim/**  (Ctrl-C ends)");
            terminal.press("C-c");
            assertEnded(terminal, 130);
            assertTrue(terminal.isPlain());
        }
    }

    @Test
    void tellsCommandsTheSizeOfTheWindow() throws Exception {
        try (TmuxTerminal terminal = TmuxTerminal.open()) {
            attach(terminal, gateway);
            terminal.enter("width = $COLUMNS");
            terminal.awaitText("\n80\n");
            terminal.resize(101, 30);
            await("the gateway knows the new size")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        terminal.enter("width = $COLUMNS");
                        return terminal.text().contains("\n101\n");
                    });
        }
    }

    @Test
    void attachesAgainAfterAnUpdateOfTheShell() throws Exception {
        try (TmuxTerminal terminal = TmuxTerminal.open()) {
            attach(terminal, gateway);
            gateway.deploy(BundleJar.of(Distribution.bundle(SHELL)).reversioned("9.0.0"), SHELL + ".jar");
            terminal.awaitText("fieldgate: the shell was stopped or is being updated; waiting up to 30 s for it");
            terminal.awaitText("fieldgate: attached again; the variables of the session are gone");
            terminal.awaitLastLine(PROMPT);
            terminal.enter("number = 4711");
            terminal.awaitText("\n4711\n");
            terminal.press("C-d");
            assertEnded(terminal, 0);
        }
    }

    @Test
    void servesTenTerminalsAtOnce() throws Exception {
        List<TmuxTerminal> terminals = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                TmuxTerminal terminal = TmuxTerminal.open();
                terminals.add(terminal);
                terminal.enter(command(gateway));
            }
            for (TmuxTerminal terminal : terminals) {
                terminal.awaitText(PROMPT);
            }
            for (int i = 0; i < terminals.size(); i++) {
                terminals.get(i).enter("number = 4710" + i);
            }
            for (int i = 0; i < terminals.size(); i++) {
                terminals.get(i).awaitText("\n4710" + i + "\n");
            }
        } finally {
            for (TmuxTerminal terminal : terminals) {
                terminal.close();
            }
        }
    }

    @Test
    void leavesTheTerminalAsItWasWhenItIsKilled() throws Exception {
        try (TmuxTerminal terminal = TmuxTerminal.open()) {
            terminal.run("before=$(stty -g)");
            attach(terminal, gateway);
            terminal.program().destroy();
            assertEnded(terminal, 143);
        }
    }

    @Test
    void aScriptEndsAtTheFirstLineThatFails() throws Exception {
        try (TmuxTerminal terminal = TmuxTerminal.open()) {
            String script = "printf 'itest:lines 2\\nnosuch\\nitest:lines 3\\n' | " + command(gateway);
            terminal.enter(script + "; echo status=$?");
            terminal.awaitText("line <2>\n", "fieldgate: line 2 failed, the rest was not run\n", "\nstatus=127\n");
            assertFalse(terminal.text().contains("line <3>"));
            terminal.enter(script + " --keep-going; echo now=$?");
            terminal.awaitText("line <3>\n", "\nnow=127\n");
        }
    }

    @Test
    void saysThatTheGatewayHasStopped() throws Exception {
        try (GatewayProcess other = GatewayProcess.start();
                TmuxTerminal terminal = TmuxTerminal.open()) {
            terminal.run("before=$(stty -g)");
            attach(terminal, other);
            assertEquals(0, other.terminate(Duration.ofSeconds(30)));
            terminal.awaitText("fieldgate: the gateway on " + other.home().path() + " has stopped");
            assertEnded(terminal, 3);
        }
    }

    private static String command(GatewayProcess gateway) {
        return Distribution.command() + " shell --home " + gateway.home().path();
    }

    private static void attach(TmuxTerminal terminal, GatewayProcess gateway) throws Exception {
        terminal.enter(command(gateway));
        terminal.awaitLastLine(PROMPT);
    }

    private static void assertEnded(TmuxTerminal terminal, int status) throws Exception {
        terminal.awaitLastLine(TmuxTerminal.PROMPT);
        terminal.enter("echo status=$?");
        terminal.awaitText("\nstatus=" + status + "\n");
        terminal.enter("[ \"${before:-$(stty -g)}\" = \"$(stty -g)\" ] && echo as it \"was\"");
        terminal.awaitText("\nas it was\n");
    }
}
