package io.fieldgate.driver.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultCommandsTest {

    private final FaultyDriver tank = driver(Kind.TANK, "tank");
    private final FaultyDriver meter = driver(Kind.METER, "meter");
    private final FaultCommands commands = new FaultCommands(() -> List.of(tank, meter));

    @Test
    void switchesTheFaultOfOneDriverAndListsAll() {
        assertEquals("tank: gone", commands.fault("tank", "gone"));

        assertEquals("meter: none\ntank: gone", commands.faults());
        assertTrue(tank.fault().is(Fault.GONE));

        assertEquals("tank: none", commands.fault("tank", "none"));
        assertEquals("meter: none\ntank: none", commands.faults());
    }

    @Test
    void takesADelayForASlowOne() {
        assertEquals("meter: slow, 250 ms", commands.fault("meter", "slow", "250"));
        assertEquals("meter: slow, 1000 ms", commands.fault("meter", "slow"));
    }

    @Test
    void namesTheDriversThatThereAreWhenOneIsUnknown() {
        assertEquals("no simulated driver is called linux; there are: meter, tank", refusal("linux", "gone"));
    }

    @Test
    void namesTheKindsThatThereAreWhenOneIsUnknown() {
        assertEquals(
                "fault must be one of none, no-answer, slow, wrong-value, gone, throw, garbage, is broken",
                refusal("tank", "broken"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "60001", "-5", "2 s", "long", "99999999999"})
    void namesTheDelaysThatAreAllowed(String delay) {
        assertEquals("the delay must be 1 to 60000 ms, is " + delay, refusal("tank", "slow", delay));
    }

    @Test
    void refusesADelayThatMeansNothing() {
        assertTrue(refusal("tank", "gone", "100").startsWith("a delay is for slow, not for gone"));
    }

    @Test
    void saysHowItIsUsedWhenThereAreTooFewOrTooManyArguments() {
        for (String[] arguments : new String[][] {{}, {"tank"}, {"tank", "slow", "1", "2"}}) {
            assertTrue(refusal(arguments).startsWith("usage: sim:fault DRIVER KIND [DELAY-MS]; kinds are none, "));
        }
    }

    @Test
    void saysThatThereIsNothingToList() {
        assertEquals("there are no simulated drivers", new FaultCommands(List::of).faults());
    }

    @Test
    void needsNoShell() throws IOException {
        try (InputStream file = Files.newInputStream(Path.of("target/classes/META-INF/MANIFEST.MF"))) {
            String imports = new Manifest(file).getMainAttributes().getValue("Import-Package");
            assertTrue(
                    imports.matches(
                            ".*org\\.apache\\.felix\\.service\\.command;[^,]*(,[0-9]+\\)\")?;resolution:=optional.*"),
                    imports);
        }
    }

    private String refusal(String... arguments) {
        return assertThrows(IllegalArgumentException.class, () -> commands.fault(arguments))
                .getMessage();
    }

    private static FaultyDriver driver(Kind kind, String id) {
        try {
            return new SimProbe(kind, Map.of("fieldgate.driver.id", id)).driver.simulation();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
