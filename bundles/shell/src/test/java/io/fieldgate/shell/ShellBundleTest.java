package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.shell.ShellClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.apache.felix.gogo.command.Inspect;
import org.apache.felix.scr.impl.Activator;
import org.apache.felix.service.command.CommandProcessor;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jline.reader.LineReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.util.function.Function;
import org.osgi.util.promise.Promise;

/** The shell as a bundle in a real framework, with Gogo's own commands. */
@Timeout(120)
class ShellBundleTest {

    private static final long LONGEST_STOP_MS = 10_000;

    @TempDir
    private Path home;

    private Framework framework;

    @BeforeEach
    void start() throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        home.resolve("cache").toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        "org.slf4j;version=2.0.17",
                        Gateway.HOME,
                        home.toString(),
                        Gateway.VERSION,
                        "1.2.3"));
        framework.start();
        BundleContext context = framework.getBundleContext();
        for (Class<?> type : List.of(
                Function.class,
                Promise.class,
                ServiceComponentRuntime.class,
                Gateway.class,
                Activator.class,
                CommandProcessor.class,
                Inspect.class,
                JsonFactory.class,
                LineReader.class)) {
            install(context, jarOf(type));
        }
        install(context, shell());
        for (Bundle bundle : context.getBundles()) {
            bundle.start();
        }
        await().until(() -> Files.exists(home.resolve("data/shell.path")));
        await().until(() -> run("fg:status").exit() == 0);
    }

    @AfterEach
    void stop() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(LONGEST_STOP_MS);
    }

    @Test
    void tellsTheStatusWithoutTheOtherBundles() throws IOException {
        String status = run("fg:status").out();

        assertTrue(status.startsWith("version     1.2.3\n"), status);
        assertTrue(status.contains("\nurl         not listening\n"), status);
        assertTrue(status.contains("\nbundles     10 active\n"), status);
        assertTrue(status.contains("\nsessions    unknown: the bundle io.fieldgate.core is not active\n"), status);
        assertTrue(status.contains("\ncomponents  all satisfied\n"), status);
        assertEquals(status.lines().count(), run("status").out().lines().count());
    }

    @Test
    void helpsWithEachCommand() throws IOException {
        String all = run("help").out();
        for (String command : List.of(
                "bundles",
                "certificate",
                "config",
                "passwd",
                "token",
                "user",
                "close",
                "devices",
                "handlers",
                "log",
                "loglevel",
                "points",
                "read",
                "sessions",
                "status",
                "watch",
                "write")) {
            assertTrue(all.contains("fg:" + command), all);
            String help = run("help fg:" + command).out();
            assertTrue(help.startsWith(command + " - "), help);
            String text = run("fg:" + command + " --help").out();
            assertTrue(text.startsWith("fg:" + command), text);
            assertTrue(help.contains(text.strip()), help);
        }
    }

    /** A command that is new needs an entry, or nobody but an administrator can run it. */
    @Test
    void listsTheRoleThatEachCommandNeeds() throws InvalidSyntaxException {
        Set<String> there = new TreeSet<>();
        for (ServiceReference<?> command :
                framework.getBundleContext().getAllServiceReferences(null, "(osgi.command.scope=fg)")) {
            Object functions = command.getProperty("osgi.command.function");
            for (String function :
                    functions instanceof String[] several ? several : new String[] {(String) functions}) {
                there.add("fg:" + function);
            }
        }
        assertEquals(there, CommandRoles.listed());
    }

    @Test
    void runsOfAnOtherRoleWhatItMayAndInNoOtherWay() throws IOException {
        String viewer = "AS viewer 192.0.2.7 ssh:Ada, workshop\n";
        assertEquals(0, ask(viewer, "status").exit());
        assertEquals(ask("", "status --help").out(), ask(viewer, "help status").out());
        assertTrue(ask(viewer, "help").out().contains("fg:points\n"));
        assertFalse(ask(viewer, "help").out().contains("fg:write"));
        assertEquals(
                "fg:write needs the role operator, and this is a viewer's shell; help lists what it may run\n",
                ask(viewer, "fg:write a/b/c 1").err());
        assertEquals(Interpreter.FAILED, ask(viewer, "felix:stop 1").exit());
        assertTrue(ask(viewer, "fg:status; felix:stop 1").err().contains("must not be in a line"));
        assertEquals(
                "the bundle io.fieldgate.core is not active\n",
                ask("AS operator 192.0.2.7 ssh:x\n", "fg:write a/b/c '1 2'").err());
        assertEquals(0, ask("AS admin 192.0.2.7 ssh:x\n", "fg:status; felix:lb").exit());
        assertEquals(
                ShellSession.BAD_REQUEST,
                ask("AS root 192.0.2.7 ssh:x\n", "fg:status").exit());
    }

    @Test
    void saysThatNoPasswordCame() throws IOException {
        assertEquals(
                "the bundle io.fieldgate.security is not active\n",
                run("fg:passwd").err());
    }

    private Answer ask(String before, String command) throws IOException {
        try (ShellClient client = ShellClient.connect(home)) {
            client.send(before + "RUN 0\n" + command);
            client.end();
            return client.answer();
        }
    }

    @Test
    void saysInOneLineWhatIsWrong() throws IOException {
        Answer answer = run("fg:points --foo");
        assertEquals(Interpreter.FAILED, answer.exit());
        assertEquals(
                "fg:points: there is no option --foo, there are -l, --long, --bad, --help."
                        + " Usage: fg:points [-l] [--bad] [FILTER…]\n",
                answer.err());
        assertEquals(
                "fg:handlers: it takes no arguments, got \"x\". Usage: fg:handlers\n",
                run("handlers x").err());
        assertTrue(run("fg:read $nothing").err().contains("an argument has no value"));
        assertTrue(run("fg:read a/b/c $nothing").err().contains("an argument has no value"));
        assertEquals(
                "the bundle io.fieldgate.core is not active\n",
                run("fg:write a/b/c -1").err());
    }

    @Test
    void runsTheCommandsOfFelix() throws IOException {
        assertTrue(
                run("felix:lb").out().contains("Fieldgate shell"),
                run("felix:lb").out());
    }

    @Test
    void stopsWithoutADeadlockWhenItsOwnCommandStopsIt() throws IOException {
        Answer answer = run("felix:stop io.fieldgate.shell");

        assertEquals(ShellSession.CUT_SHORT, answer.exit());
        await().until(() -> bundle("io.fieldgate.shell").getState() == Bundle.RESOLVED);
    }

    @Test
    void comesBackWhenItsOwnCommandUpdatesIt() throws IOException {
        Bundle shell = bundle("io.fieldgate.shell");
        long before = shell.getLastModified();
        Answer answer = run("felix:update " + id("io.fieldgate.shell") + " "
                + home.resolve("shell.tmp").toUri());

        assertEquals(ShellSession.CUT_SHORT, answer.exit(), answer.err());
        await().until(() -> shell.getState() == Bundle.ACTIVE && shell.getLastModified() > before);
        await().ignoreExceptions().until(() -> run("fg:status").exit() == 0);
    }

    @Test
    void saysThatGogoHasStopped() throws IOException {
        run("felix:stop " + id("org.apache.felix.gogo.runtime"));
        await().ignoreExceptions().until(() -> run("fg:status").err().contains("org.apache.felix.gogo.runtime"));
    }

    private Answer run(String command) throws IOException {
        return ShellClient.run(home, command);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }

    private long id(String symbolicName) {
        return bundle(symbolicName).getBundleId();
    }

    private Bundle bundle(String symbolicName) {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    private static void install(BundleContext context, Path jar) throws BundleException, IOException {
        try (InputStream in = Files.newInputStream(jar)) {
            context.installBundle(jar.toString(), in);
        }
    }

    private static Path jarOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** This very build as a jar. */
    private Path shell() throws IOException, URISyntaxException {
        Path classes = jarOf(ShellServer.class);
        Manifest manifest;
        try (InputStream in = Files.newInputStream(classes.resolve("META-INF/MANIFEST.MF"))) {
            manifest = new Manifest(in);
        }
        Path jar = home.resolve("shell.tmp");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = classes.relativize(file).toString();
                if (!name.startsWith("META-INF")) {
                    entries.putNextEntry(new JarEntry(name));
                    Files.copy(file, entries);
                    entries.closeEntry();
                }
            }
        }
        return jar;
    }
}
