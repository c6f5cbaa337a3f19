package io.fieldgate.ssh;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What passes between a client and the shell's socket. */
class ChannelTest {

    @TempDir
    private Path home;

    private TestGateway gateway;
    private ClientSession session;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void connect() throws Exception {
        gateway = new TestGateway(home, TestConfig.FREE_PORT.withSessionsMax(2));
        session = gateway.logIn();
    }

    @AfterEach
    void disconnect() throws Exception {
        session.close();
        gateway.close();
    }

    @Test
    void runsACommandAndPassesOnItsOutputErrorsAndStatus() throws Exception {
        assertEquals(0, run("echo grüezi"));
        assertEquals("grüezi\n", text(out));
        assertEquals(7, run("fail badly"));
        assertEquals("badly\n", text(err));
        assertEquals(127, run("nonsense"));
        assertEquals(
                List.of("RUN 0 0 echo grüezi", "RUN 0 0 fail badly", "RUN 0 0 nonsense"), gateway.shell.requests());
    }

    @Test
    void tellsTheShellWhoAsksAndWhatTheKeyMayDo() throws Exception {
        assertEquals(0, run("echo grüezi"));
        gateway.authorize("fieldgate-role=\"viewer\" " + TestGateway.line(gateway.key, "Jörg\tin the workshop"));
        try (ClientSession viewer = gateway.logIn()) {
            assertEquals(0, toItsEnd(viewer.createExecChannel("echo grüezi")));
            ChannelShell shell = viewer.createShellChannel();
            shell.open().verify(TestGateway.LIMIT);
            gateway.shell.client();
        }
        String viewer = "AS viewer 127.0.0.1 ssh:J?rg?in the workshop";
        assertEquals(List.of("AS admin 127.0.0.1 ssh:tester", viewer, viewer), gateway.shell.speakers());
    }

    @Test
    void passesOnMoreThanAWindowHolds() throws Exception {
        assertEquals(0, run("flood"));
        assertEquals(1000 * 64 * 16, out.size());
    }

    @Test
    void givesACommandAtATerminalItsSizeAndReturns() throws Exception {
        ChannelExec channel = session.createExecChannel("fail at once");
        channel.setUsePty(true);
        channel.setPtyColumns(132);
        channel.setPtyLines(50);
        assertEquals(7, toItsEnd(channel));
        assertEquals("at once\r\n", text(out));
        assertEquals(List.of("RUN 132 50 fail at once"), gateway.shell.requests());
    }

    @Test
    void breaksACommandOffThatRunsAtATerminalWhenCtrlCIsTyped() throws Exception {
        ChannelExec channel = session.createExecChannel("wait");
        channel.setUsePty(true);
        channel.setOut(out);
        channel.open().verify(TestGateway.LIMIT);
        await("it runs").atMost(TestGateway.LIMIT).until(() -> out.size() > 0);
        type(channel, "\u0003");
        assertEquals(SingleCommand.INTERRUPTED, status(channel));
        await("the shell knows").atMost(TestGateway.LIMIT).until(() -> gateway.shell.open() == 0);
    }

    @Test
    void givesTheScreenBackOfACommandThatIsBrokenOff() throws Exception {
        ChannelExec channel = session.createExecChannel("wait \033[?1049h");
        channel.setUsePty(true);
        channel.setOut(out);
        channel.open().verify(TestGateway.LIMIT);
        await("it runs").atMost(TestGateway.LIMIT).until(() -> text(out).contains("\033[?1049h."));
        type(channel, "\u0003");
        assertEquals(SingleCommand.INTERRUPTED, status(channel));
        assertTrue(text(out).endsWith("\033[?1049l\033[?25h"), () -> text(out));
    }

    @Test
    void tellsTheShellWhenTheClientGoes() throws Exception {
        ChannelExec channel = session.createExecChannel("wait");
        channel.setOut(out);
        channel.open().verify(TestGateway.LIMIT);
        await("it runs").atMost(TestGateway.LIMIT).until(() -> out.size() > 0);
        session.close(true);
        await("the shell knows").atMost(TestGateway.LIMIT).until(() -> gateway.shell.open() == 0);
    }

    @Test
    void attachesATerminalWithItsInputSizeAndStatus() throws Exception {
        ChannelShell channel = terminal("xterm-256color");
        channel.open().verify(TestGateway.LIMIT);
        SocketChannel shell = gateway.shell.client();
        assertEquals(List.of("ATTACH 100 30 xterm-256color"), gateway.shell.requests());

        FakeShell.send(shell, 'o', "> ");
        await("the prompt").atMost(TestGateway.LIMIT).until(() -> text(out).equals("> "));
        type(channel, "fg:status\r");
        assertEquals("ifg:status\r", gateway.shell.frame());
        channel.sendWindowChange(80, 24);
        assertEquals("w80 24", gateway.shell.frame());

        FakeShell.send(shell, 'e', "the shell stops\n");
        FakeShell.send(shell, 'x', "3");
        assertEquals(3, status(channel));
        assertEquals("> the shell stops\r\n", text(out));
        assertTrue(session.isOpen());
    }

    @Test
    void passesOnMoreInputThanAWindowHolds() throws Exception {
        ChannelShell channel = terminal("vt100");
        channel.open().verify(TestGateway.LIMIT);
        SocketChannel shell = gateway.shell.client();
        byte[] line = "0123456789abcdef".repeat(1024).getBytes(StandardCharsets.US_ASCII);
        OutputStream in = channel.getInvertedIn();
        for (int i = 0; i < 32; i++) {
            in.write(line);
        }
        in.flush();
        int typed = 0;
        while (typed < 32 * line.length) {
            typed += gateway.shell.frame().length() - 1;
        }
        assertEquals(32 * line.length, typed);
        FakeShell.send(shell, 'x', "0");
        assertEquals(0, status(channel));
    }

    @Test
    void hangsUpWhenTheClientSendsNoMore() throws Exception {
        ChannelShell channel = terminal("bad type\n");
        channel.open().verify(TestGateway.LIMIT);
        SocketChannel shell = gateway.shell.client();
        assertEquals(List.of("ATTACH 100 30 dumb"), gateway.shell.requests());
        channel.getInvertedIn().close();
        assertEquals("end", gateway.shell.frame());
        assertTrue(shell.isOpen() || status(channel) >= 0);
    }

    @Test
    void runsEachLineOfTheInputWithoutATerminal() throws Exception {
        assertEquals(0, shell("echo one\n\necho two\r\necho three"));
        assertEquals("one\ntwo\nthree\n", text(out));
        assertEquals(List.of("RUN 0 0 echo one", "RUN 0 0 echo two", "RUN 0 0 echo three"), gateway.shell.requests());
        assertEquals(0, shell(""));
    }

    @Test
    void endsAtTheFirstLineThatFails() throws Exception {
        assertEquals(7, shell("echo one\n\nfail two\necho three\n"));
        assertEquals("one\n", text(out));
        assertEquals("two\nline 3 failed, the rest was not run\n", text(err));
        assertEquals(127, shell("nonsense\n"));
    }

    @Test
    void refusesALineThatIsTooLong() throws Exception {
        assertEquals(1, shell("x".repeat(PipedShell.LINE_MAX + 1)));
        assertEquals("a line has more than 65536 bytes\n", text(err));
    }

    @Test
    void saysSoWhenThereIsNoShellAndUsesTheNextOne() throws Exception {
        gateway.shell.close();
        assertEquals(1, run("echo one"));
        assertEquals("the gateway has no shell now: the bundle io.fieldgate.shell does not run\n", text(err));
        Files.writeString(
                home.resolve("data/shell.path"), home.resolve("data/nobody").toString());
        assertEquals(1, run("echo one"));
        assertTrue(text(err).startsWith("the gateway's shell does not answer: "), () -> text(err));
        try (FakeShell next = new FakeShell(home)) {
            assertEquals(0, run("echo two"));
            assertEquals(1, next.requests().size());
        }
    }

    @Test
    void saysSoWhenTheShellEndsInTheMiddle() throws Exception {
        assertEquals(1, run("vanish"));
        assertEquals("half", text(out));
        assertEquals("the gateway's shell has gone\n", text(err));
    }

    @Test
    void opensNoMoreThanSessionsMaxOverAllConnections() throws Exception {
        try (ClientSession other = gateway.logIn()) {
            session.createExecChannel("wait").open().verify(TestGateway.LIMIT);
            other.createExecChannel("wait").open().verify(TestGateway.LIMIT);
            await("both run").atMost(TestGateway.LIMIT).until(() -> gateway.shell.open() == 2);
            assertEquals(1, run("echo one"));
            assertEquals("2 shells and commands are open already (sessions.max)\n", text(err));
        }
    }

    /** It may be the command that stops the bundle: cut at once, the shell would interrupt it half way. */
    @Test
    void leavesACommandAWhileWhenItStops() throws Exception {
        ChannelShell channel = terminal("vt100");
        channel.open().verify(TestGateway.LIMIT);
        SocketChannel shell = gateway.shell.client();
        gateway.access.stop();
        assertEquals(1, gateway.shell.open());
        FakeShell.send(shell, 'o', "still here\n");
        assertEquals("end", gateway.shell.frame());
        await("it is let go").atMost(TestGateway.LIMIT).until(() -> gateway.shell.open() == 0);
    }

    private ChannelShell terminal(String type) throws IOException {
        ChannelShell channel = session.createShellChannel();
        channel.setUsePty(true);
        channel.setPtyType(type);
        channel.setPtyColumns(100);
        channel.setPtyLines(30);
        channel.setOut(out);
        channel.setErr(err);
        return channel;
    }

    private static void type(ClientChannel channel, String text) throws IOException {
        channel.getInvertedIn().write(text.getBytes(StandardCharsets.UTF_8));
        channel.getInvertedIn().flush();
    }

    private int run(String command) throws IOException {
        return toItsEnd(session.createExecChannel(command));
    }

    private int shell(String input) throws IOException {
        ChannelShell channel = session.createShellChannel();
        channel.setUsePty(false);
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        channel.setIn(in);
        return toItsEnd(channel);
    }

    private int toItsEnd(ClientChannel channel) throws IOException {
        out.reset();
        err.reset();
        channel.setOut(out);
        channel.setErr(err);
        channel.open().verify(TestGateway.LIMIT);
        return status(channel);
    }

    private static int status(ClientChannel channel) throws IOException {
        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), TestGateway.LIMIT);
        Integer status = channel.getExitStatus();
        channel.close();
        return status == null ? -1 : status;
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
