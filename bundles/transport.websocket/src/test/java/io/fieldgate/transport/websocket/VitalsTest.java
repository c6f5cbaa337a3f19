package io.fieldgate.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.transport.websocket.Vitals.Due;
import org.junit.jupiter.api.Test;

class VitalsTest {

    private static final boolean DEMANDED = true;

    private final Vitals vitals = new Vitals(settings(30, 15, 0), 0);

    @Test
    void pingsAClientThatIsSilent() {
        assertEquals(0, firstOther(vitals, 1, 29));
        assertEquals(Due.PING, vitals.check(30, DEMANDED));
    }

    @Test
    void doesNotPingAClientThatTalks() {
        for (int now = 1; now < 200; now++) {
            if (now % 20 == 0) {
                vitals.heard(now);
            }
            assertEquals(Due.NOTHING, vitals.check(now, DEMANDED));
        }
    }

    @Test
    void closesAClientThatDoesNotAnswer() {
        assertEquals(Due.PING, vitals.check(30, DEMANDED));
        assertEquals(0, firstOther(vitals, 31, 44));
        assertEquals(Due.CLOSE_WITHOUT_PONG, vitals.check(45, DEMANDED));
    }

    @Test
    void takesAnythingForAnAnswer() {
        assertEquals(Due.PING, vitals.check(30, DEMANDED));
        vitals.heard(40);
        assertEquals(0, firstOther(vitals, 41, 69));
        assertEquals(Due.PING, vitals.check(70, DEMANDED));
    }

    @Test
    void blamesNoClientWhoseBytesNobodyReads() {
        assertEquals(Due.PING, vitals.check(30, DEMANDED));
        assertEquals(Due.NOTHING, vitals.check(31, !DEMANDED));
        assertEquals(Due.NOTHING, vitals.check(59, !DEMANDED));
        assertEquals(Due.PING, vitals.check(60, !DEMANDED), "only a write finds out that it has gone");
        assertEquals(Due.NOTHING, vitals.check(80, !DEMANDED));
        vitals.heard(80);
        assertEquals(Due.NOTHING, vitals.check(81, DEMANDED));
    }

    @Test
    void closesAnIdleClientOnlyIfNothingGoesEitherWay() {
        Vitals idle = new Vitals(settings(0, 15, 100), 0);
        assertEquals(0, firstOther(idle, 1, 99));
        idle.wrote(99);
        assertEquals(0, firstOther(idle, 100, 198));
        idle.heard(150);
        assertEquals(0, firstOther(idle, 199, 249));
        assertEquals(Due.CLOSE_IDLE, idle.check(250, DEMANDED));
    }

    @Test
    void cutsAClientThatDoesNotGo() {
        vitals.ending(10, false);
        vitals.heard(13);
        assertEquals(0, firstOther(vitals, 10, 14));
        assertEquals(Due.CUT, vitals.check(15, DEMANDED));
    }

    @Test
    void waitsForAClientThatStillSendsWhatWasRefused() {
        vitals.ending(10, true);
        vitals.heard(14);
        assertEquals(0, firstOther(vitals, 14, 18));
        assertEquals(Due.CUT, vitals.check(19, DEMANDED));
    }

    @Test
    void doesNotWaitForEverForAClientThatSends() {
        vitals.ending(10, true);
        for (int now = 10; now < 70; now++) {
            vitals.heard(now);
            assertEquals(Due.NOTHING, vitals.check(now, DEMANDED));
        }
        vitals.heard(70);
        assertEquals(Due.CUT, vitals.check(70, DEMANDED));
    }

    /** The first second at which something is due, or 0. */
    private static int firstOther(Vitals vitals, int from, int to) {
        for (int now = from; now <= to; now++) {
            if (vitals.check(now, DEMANDED) != Due.NOTHING) {
                return now;
            }
        }
        return 0;
    }

    private static Settings settings(int ping, int pong, int idle) {
        return new Settings(ping, pong, idle, 4096, 65_536, 128, 1024, 1000, false, 120, 25_165_824);
    }
}
