package io.fieldgate.itest.malformed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The generator and the referee, each held to the other. */
class CasesTest {

    private static final int MANY = 5_000;

    private final Cases cases = new Cases(7, "127.0.0.1:8080");

    @Test
    void aCaseIsThatOfItsSeedAndNumber() {
        Cases same = new Cases(7, "127.0.0.1:8080");
        for (int i = 0; i < 500; i++) {
            assertEquals(cases.get(i).describe(7), same.get(i).describe(7));
            assertArrayEquals(sent(cases.get(i)), sent(same.get(i)));
        }
    }

    @Test
    void everyStreamThatIsBrokenOnPurposeIsJudgedAsItsKindSays() {
        for (int i = 0; i < MANY; i++) {
            Case one = cases.get(i);
            if (one.code() != Case.UNKNOWN && one.ending() != Ending.RESET) {
                Referee.Verdict verdict = Referee.judge(one.rules().orElseThrow(), sent(one));
                assertEquals(Set.of(one.code()), verdict.codes(), () -> one.describe(7));
            }
        }
    }

    @Test
    void chanceLeadsToManyOutcomes() {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            Case one = cases.get(i);
            if (one.code() == Case.UNKNOWN && one.rules().isPresent()) {
                seen.addAll(Referee.judge(one.rules().get(), sent(one)).codes());
            }
        }
        assertTrue(seen.containsAll(Set.of(0, 1000, 1002, 1007)), seen::toString);
    }

    private static byte[] sent(Case one) {
        return Frames.joined(one.pieces().toArray(byte[][]::new));
    }
}
