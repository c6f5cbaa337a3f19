package io.fieldgate.driver.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.DriverException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void hasPointsOfEveryType() throws Exception {
        assertEquals(
                EnumSet.allOf(ValueType.class),
                machine(0).driver.devices().get(0).points().stream()
                        .map(PointInfo::type)
                        .collect(Collectors.toSet()));
    }

    @Test
    void makesPiecesWhileItTurns() throws Exception {
        SimProbe machine = machine(0);
        machine.pass(Duration.ofMinutes(1));
        long before = machine.whole("pieces");

        machine.pass(Duration.ofMinutes(10));

        assertEquals("running", machine.text("state"));
        assertEquals(1800, machine.number("speed"));
        // 1800 turns a minute, 60 a piece.
        assertEquals(300.0, (double) (machine.whole("pieces") - before), 1);
    }

    @Test
    void startsAndStopsWithoutLeaps() throws Exception {
        SimProbe machine = machine(0);
        machine.pass(SECOND);
        assertEquals("starting", machine.text("state"));
        assertEquals(300, machine.number("speed"), 1e-6);

        machine.pass(Duration.ofSeconds(10));
        machine.write("running", Value.of(false));
        machine.pass(SECOND);
        assertEquals("stopping", machine.text("state"));
        assertEquals(1500, machine.number("speed"), 1e-6);

        machine.pass(Duration.ofSeconds(10));
        assertEquals("stopped", machine.text("state"));
        assertEquals(0, machine.number("speed"));
        long pieces = machine.whole("pieces");
        machine.pass(Duration.ofMinutes(10));
        assertEquals(pieces, machine.whole("pieces"));
    }

    @Test
    void jamsAndIsClearedAndGoesOn() throws Exception {
        SimProbe machine = machine(10);
        int alarms = 0;
        long pieces = 0;
        for (int second = 0; second < 3600; second++) {
            machine.pass(SECOND);
            boolean alarm = machine.is("alarm");
            alarms += alarm ? 1 : 0;
            assertEquals(alarm ? Machine.JAM : Machine.NO_ERROR, machine.whole("error"));
            assertEquals(alarm, machine.text("state").equals("alarm"));
            assertTrue(machine.whole("pieces") >= pieces);
            pieces = machine.whole("pieces");
        }

        assertTrue(alarms > 0);
        assertTrue(pieces > 100, "made " + pieces);
    }

    @Test
    void stopsWhenItIsTooHotAndGoesOnWhenItHasCooled() throws Exception {
        SimProbe machine = machine(0);
        machine.write("target-speed", Value.of(3000.0));
        boolean tooHot = false;
        boolean onceMore = false;
        for (int second = 0; second < 3600; second++) {
            machine.pass(SECOND);
            tooHot |= machine.whole("error") == Machine.TOO_HOT;
            onceMore |= tooHot && machine.text("state").equals("running");
            assertTrue(machine.number("temperature") < Machine.STOPS_CELSIUS + 1);
        }

        assertTrue(tooHot);
        assertTrue(onceMore);
    }

    @Test
    void givesEachPieceATagOfItsOwn() throws Exception {
        SimProbe machine = machine(0);
        Value first = machine.value("tag");

        machine.pass(Duration.ofMinutes(1));

        assertNotEquals(first, machine.value("tag"));
        assertEquals(16, machine.text("tag").length());
    }

    @Test
    void takesTheNameOfAProgram() throws Exception {
        SimProbe machine = machine(0);

        assertEquals(Value.of("drill 4"), machine.write("program", Value.of("drill 4")));

        assertEquals("drill 4", machine.text("program"));
        assertFalse(machine.is("alarm"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65})
    void refusesAProgramWithoutANameOrWithALongOne(int length) throws Exception {
        SimProbe machine = machine(0);

        DriverException e =
                assertThrows(DriverException.class, () -> machine.write("program", Value.of("x".repeat(length))));

        assertEquals(DriverException.Reason.OUT_OF_RANGE, e.reason());
        assertEquals("standard", machine.text("program"));
    }

    private static SimProbe machine(int jamPieces) throws Exception {
        return new SimProbe(Kind.MACHINE, Map.of("noise.percent", 0.0, "jam.pieces", jamPieces));
    }
}
