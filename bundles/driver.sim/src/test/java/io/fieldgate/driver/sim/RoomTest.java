package io.fieldgate.driver.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Value;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void isColdestOutsideAtFourAndWarmestTwelveHoursLater() throws Exception {
        SimProbe room = room(Map.of("outside.cel", 10.0));

        List<Double> day = room.course("outside", Duration.ofDays(1), MINUTE);

        assertEquals(4 * 60, day.indexOf(Collections.min(day)) + 1);
        assertEquals(16 * 60, day.indexOf(Collections.max(day)) + 1);
        assertEquals(5, Collections.min(day), 0.01);
        assertEquals(15, Collections.max(day), 0.01);
    }

    @Test
    void isKeptAtTheSetPointWhenNobodyOpensTheWindow() throws Exception {
        SimProbe room = room(Map.of("people", 0));
        room.write("setpoint", Value.of(23.0));
        room.course("temperature", Duration.ofHours(6), MINUTE);

        List<Double> course = room.course("temperature", Duration.ofDays(1), MINUTE);

        assertTrue(Collections.min(course) > 22, course::toString);
        assertTrue(Collections.max(course) < 23.5, course::toString);
        assertTrue(room.number("heating") > 0);
    }

    @Test
    void coolsTowardsTheOutsideWhenItIsNotHeated() throws Exception {
        SimProbe room = room(Map.of("people", 0));
        room.write("setpoint", Value.of(5.0));

        room.course("temperature", Duration.ofDays(3), MINUTE);

        assertEquals(8, room.number("temperature"), 5);
        assertEquals(0, room.number("heating"));
    }

    @Test
    void hasMoreCarbonDioxideWhilePeopleAreThereAndIsAiredWhenItIsTooMuch() throws Exception {
        SimProbe room = room(Map.of());
        boolean aired = false;
        boolean occupied = false;
        double most = 0;
        for (int minute = 0; minute < 24 * 60; minute++) {
            room.pass(MINUTE);
            boolean open = room.is("window");
            aired |= open;
            occupied |= room.is("presence");
            most = Math.max(most, room.number("co2"));
            assertTrue(!open || room.number("heating") == 0, "heats at an open window");
        }

        assertTrue(occupied);
        assertTrue(aired);
        assertEquals(Room.WINDOW_OPENS_CO2, most, 50);
        assertFalse(room.is("presence"), "at midnight");
    }

    @Test
    void isFreshAirWhenNobodyComes() throws Exception {
        SimProbe room = room(Map.of("people", 0));

        List<Double> course = room.course("co2", Duration.ofDays(1), MINUTE);

        assertEquals(Room.OUTSIDE_CO2, Collections.max(course), 1);
    }

    private static SimProbe room(Map<String, Object> values) throws Exception {
        Map<String, Object> all = new HashMap<>(values);
        all.put("noise.percent", 0.0);
        return new SimProbe(Kind.ROOM, all);
    }
}
