package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.driver.Discovery;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoverCommandTest {

    @TempDir
    private Path etc;

    private final FakeAudit audit = new FakeAudit();
    private final FakeSession session = FakeSession.plain();
    private DiscoverCommand command;

    /** A discovery as a test wants it. */
    private record Fake(String kind, Callable<List<Finding>> search) implements Discovery {

        @Override
        public List<Finding> find() throws DriverException {
            try {
                return search.call();
            } catch (DriverException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BeforeEach
    void bind() {
        command = new DiscoverCommand(etc, Duration.ofSeconds(10));
        command.bindAudit(audit);
        command.bindDiscovery(new Fake(
                "serial",
                () -> List.of(Finding.of("/dev/ttyUSB0", "an adapter")
                        .with("io.fieldgate.driver.serial-usb0.cfg", List.of("# usb", "port=/dev/ttyUSB0")))));
        command.bindDiscovery(new Fake("gpio", List::of));
        command.bindDiscovery(new Fake("i2c", () -> {
            throw new DriverException(DriverException.Reason.CONNECTION, "may not open /dev/i2c-1");
        }));
    }

    @Test
    void listsWhatEachKindHasFoundAndWhyNot() throws Exception {
        List<String> lines = command.discover(session).lines().toList();

        assertEquals(4, lines.size());
        assertTrue(lines.get(1).matches("gpio +- +- +nothing found"), lines.get(1));
        assertTrue(lines.get(2).matches("i2c +- +- +cannot be looked for: may not open /dev/i2c-1"), lines.get(2));
        assertTrue(
                lines.get(3).matches("serial +/dev/ttyUSB0 +io.fieldgate.driver.serial-usb0.cfg +an adapter"),
                lines.get(3));
        assertEquals(2, command.discover(session, "serial").lines().count());
    }

    @Test
    void doesNotWaitForeverForOneThatHangs() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        DiscoverCommand impatient = new DiscoverCommand(etc, Duration.ofMillis(50));
        impatient.bindDiscovery(new Fake("stuck", () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return List.of();
        }));

        assertTrue(impatient.discover(session).contains("has not ended within 0 s"));
        interrupted.await();
    }

    @Test
    void printsAndWritesAConfiguration() throws Exception {
        assertEquals("# usb\nport=/dev/ttyUSB0", command.discover(session, "--print", "/dev/ttyUSB0"));
        assertEquals(0, files());

        String answer = command.discover(session, "--write", "/dev/ttyUSB0");

        Path file = etc.resolve("io.fieldgate.driver.serial-usb0.cfg");
        assertTrue(answer.startsWith(file + " is written"), answer);
        assertEquals(List.of("# usb", "port=/dev/ttyUSB0"), Files.readAllLines(file));
        assertEquals(1, files(), "nothing else is left");
        assertEquals(List.of("shell||config write|io.fieldgate.driver.serial-usb0.cfg|DONE"), audit.lines);
    }

    @Test
    void replacesNoFile() throws Exception {
        Path file = Files.writeString(etc.resolve("io.fieldgate.driver.serial-usb0.cfg"), "mine");

        assertEquals(
                "fg:discover: there is " + file + " already, and it is not replaced",
                failureOf("--write", "/dev/ttyUSB0"));
        assertEquals("mine", Files.readString(file));
        assertEquals(1, files(), "nothing else is left");
    }

    @Test
    void saysWhatIsNotThere() {
        assertEquals("fg:discover: no bundle looks for \"can\"; known are [gpio, i2c, serial]", failureOf("can"));
        assertEquals(
                "fg:discover: there is no /dev/ttyS9 now; fg:discover lists what there is",
                failureOf("--print", "/dev/ttyS9"));
    }

    private int files() throws Exception {
        try (Stream<Path> files = Files.list(etc)) {
            return (int) files.count();
        }
    }

    private String failureOf(String... arguments) {
        return assertThrows(Exception.class, () -> command.discover(session, arguments))
                .getMessage();
    }
}
