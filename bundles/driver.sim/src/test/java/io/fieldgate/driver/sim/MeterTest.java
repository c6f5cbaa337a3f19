package io.fieldgate.driver.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Value;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeterTest {

    private final SimProbe meter = meter();

    @Test
    void countsEnergyUpAndNeverDown() throws Exception {
        List<Double> course = meter.course("energy", Duration.ofDays(2), Duration.ofMinutes(1));

        double before = 0;
        for (double now : course) {
            assertTrue(now > before, now + " after " + before);
            before = now;
        }
        // Three phases of at most 3 kW.
        assertTrue(before < 2 * 24 * 9, "energy is " + before);
    }

    @Test
    void countsTheEnergyOfThePowerItShows() throws Exception {
        double kilowattHours = 0;
        for (int second = 0; second < 3600; second++) {
            meter.pass(Duration.ofSeconds(1));
            for (int phase = 1; phase <= 3; phase++) {
                kilowattHours += meter.number("power-l" + phase) / 3_600_000;
            }
        }

        assertEquals(kilowattHours, meter.number("energy"), 1e-6);
    }

    @Test
    void hasPowerOfVoltageCurrentAndPowerFactor() throws Exception {
        meter.pass(Duration.ofMinutes(5));
        for (int phase = 1; phase <= 3; phase++) {
            double volts = meter.number("voltage-l" + phase);
            double product = volts * meter.number("current-l" + phase) * meter.number("power-factor-l" + phase);
            // The current is that at the voltage without load, which sags and wanders by a few percent.
            double watts = meter.number("power-l" + phase);
            assertEquals(watts, product, 0.03 * watts);
        }
    }

    @Test
    void keepsTheFrequencyNearThatOfTheMains() throws Exception {
        List<Double> course = meter.course("frequency", Duration.ofHours(6), Duration.ofMinutes(1));

        assertTrue(Collections.min(course) >= 49.95);
        assertTrue(Collections.max(course) <= 50.05);
    }

    @Test
    void standsStillWhileTheRelayIsOpen() throws Exception {
        meter.pass(Duration.ofMinutes(5));
        meter.write("relay", Value.of(false));
        double energy = meter.number("energy");
        assertEquals(0, meter.number("power-l1"));
        assertEquals(0, meter.number("current-l1"));

        meter.pass(Duration.ofMinutes(5));
        assertEquals(energy, meter.number("energy"));
        assertEquals(230, meter.number("voltage-l1"), 5);

        meter.write("relay", Value.of(true));
        meter.pass(Duration.ofMinutes(5));
        assertTrue(meter.number("energy") > energy);
    }

    private static SimProbe meter() {
        try {
            return new SimProbe(Kind.METER, Map.of("noise.percent", 0.0));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
