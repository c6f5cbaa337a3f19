package io.fieldgate.driver.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.DeviceId;
import org.junit.jupiter.api.Test;

class TankTest {

    private static final double EXACT = 1e-9;

    @Test
    void risesByInflowLessOutflowWhileTheValveIsOpen() {
        Tank tank = tank(0);

        tank.advanceTo(10_000);

        assertEquals(1.0 + 10 * (0.020 - 0.008), tank.levelMetres(), EXACT);
    }

    @Test
    void fallsByTheOutflowWhileTheValveIsClosed() {
        Tank tank = manual();
        tank.setValveOpen(false);

        tank.advanceTo(10_000);

        assertEquals(1.0 - 10 * 0.008, tank.levelMetres(), EXACT);
    }

    @Test
    void isNeverBelowEmptyNorAboveFull() {
        Tank tank = manual();

        tank.advanceTo(500_000);
        assertEquals(2.0, tank.levelMetres());

        tank.setValveOpen(false);
        tank.advanceTo(1_000_000);
        assertEquals(0.0, tank.levelMetres());
    }

    @Test
    void keepsTheLevelBetweenTwentyAndEightyPercentByItself() {
        Tank tank = tank(0);
        double lowest = 2;
        double highest = 0;

        for (int second = 0; second <= 600; second++) {
            tank.advanceTo(second * 1000L);
            lowest = Math.min(lowest, tank.levelMetres());
            highest = Math.max(highest, tank.levelMetres());
        }

        assertEquals(0.4, lowest, 0.02);
        assertEquals(1.6, highest, 0.02);
    }

    @Test
    void keepsTheTemperatureBetweenFortyAndFiftyDegreesByItself() {
        Tank tank = tank(0);
        double lowest = 100;
        double highest = 0;

        for (int second = 100; second <= 700; second++) {
            tank.advanceTo(second * 1000L);
            lowest = Math.min(lowest, tank.temperatureCelsius());
            highest = Math.max(highest, tank.temperatureCelsius());
        }

        assertEquals(40, lowest, 0.5);
        assertEquals(50, highest, 0.5);
    }

    @Test
    void approachesWhatTheHeaterGivesByTheTimeConstant() {
        Tank tank = manual();
        tank.setHeaterPercent(50);

        tank.advanceTo(120_000);

        assertEquals(20 + 30 * (1 - Math.exp(-1)), tank.temperatureCelsius(), EXACT);
    }

    @Test
    void doesTheSameHoweverOftenItIsLookedAt() {
        Tank often = tank(0.1);
        Tank once = tank(0.1);

        for (long millis = 0; millis <= 60_000; millis += 37) {
            often.advanceTo(millis);
        }
        often.advanceTo(60_000);
        once.advanceTo(60_000);

        assertEquals(once.levelMetres(), often.levelMetres());
        assertEquals(once.temperatureCelsius(), often.temperatureCelsius());
    }

    @Test
    void hasNoiseWithinItsBound() {
        Tank exact = tank(0);
        Tank noisy = tank(1);
        boolean differs = false;

        for (long millis = 0; millis <= 10_000; millis += 100) {
            exact.advanceTo(millis);
            noisy.advanceTo(millis);
            assertEquals(exact.levelMetres(), noisy.levelMetres(), 0.02);
            assertEquals(exact.temperatureCelsius(), noisy.temperatureCelsius(), 1);
            differs |= exact.levelMetres() != noisy.levelMetres();
        }

        assertTrue(differs);
        assertNotEquals(exact.temperatureCelsius(), noisy.temperatureCelsius());
    }

    @Test
    void standsStillWhenTheClockIsSetBackAndGoesOnFromThere() {
        Tank tank = tank(0);
        tank.advanceTo(10_000);
        double level = tank.levelMetres();

        tank.advanceTo(-1_000_000);
        assertEquals(level, tank.levelMetres());

        tank.advanceTo(-990_000);
        assertEquals(level + 10 * 0.012, tank.levelMetres(), EXACT);
    }

    @Test
    void takesALeapOfTheClockForTenMinutes() {
        Tank leapt = manual();
        leapt.setHeaterPercent(100);
        Tank waited = manual();
        waited.setHeaterPercent(100);

        leapt.advanceTo(Long.MAX_VALUE / 2);
        waited.advanceTo(Tank.LONGEST_CATCH_UP_MILLIS);

        assertEquals(waited.temperatureCelsius(), leapt.temperatureCelsius(), EXACT);
    }

    @Test
    void takesControlBackWhenItIsAskedTo() {
        Tank tank = manual();
        tank.setValveOpen(true);
        tank.advanceTo(100_000);
        assertEquals(2.0, tank.levelMetres());

        tank.setAutomatic(true);
        tank.advanceTo(101_000);

        assertFalse(tank.valveOpen());
        assertEquals(100, tank.heaterPercent());
    }

    private static Tank manual() {
        Tank tank = tank(0);
        tank.setAutomatic(false);
        return tank;
    }

    private static Tank tank(double noisePercent) {
        return new Tank(new TankSettings(DeviceId.of("sim/tank"), 2, 20, 8, noisePercent, 1, 1000), 0);
    }
}
