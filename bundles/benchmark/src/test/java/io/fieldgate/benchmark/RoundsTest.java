package io.fieldgate.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private static final List<Contender> CONTENDERS = List.of(new Named("one"), new Named("two"));

    private final List<String> progress = new ArrayList<>();

    @Test
    void theServersTakeTurns() {
        Results results = rounds(new Counting("figure", "")).run();

        assertEquals(
                List.of("figure, one, round 1", "figure, two, round 1", "figure, one, round 2", "figure, two, round 2"),
                progress);
        Results.Row row = new Results.Row("figure", "calls", "");
        assertEquals(List.of(row), results.rows());
        assertEquals(List.of(1.0, 3.0), results.values(row, "one"));
        assertEquals(List.of(2.0, 4.0), results.values(row, "two"));
    }

    @Test
    void aFigureThatFailsIsNotedAndTheNextOneTaken() {
        Results results =
                rounds(new Counting("bad", "two"), new Counting("good", "")).run();

        assertEquals(List.of("bad, two, round 1: not today", "bad, two, round 2: not today"), results.failures());
        assertEquals(
                2, results.values(new Results.Row("good", "calls", ""), "two").size());
    }

    @Test
    void whatIsNoNumberIsNoReading() {
        assertThrows(IllegalArgumentException.class, () -> new Reading("rate", "1/s", 0.0 / 0));
        assertThrows(IllegalArgumentException.class, () -> new Rate(0, 1, 1));
    }

    private Rounds rounds(Figure... figures) {
        return new Rounds(List.of(figures), CONTENDERS, Settings.quick().withRounds(2), progress::add);
    }

    private record Named(String name) implements Contender {

        @Override
        public String version() {
            return "1";
        }

        @Override
        public boolean can(Ability ability) {
            return true;
        }

        @Override
        public ServerProcess start(Extras extras) throws IOException {
            throw new IOException("there is none");
        }
    }

    private static final class Counting implements Figure {

        private final String name;
        private final String failing;
        private int calls;

        private Counting(String name, String failing) {
            this.name = name;
            this.failing = failing;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String description() {
            return "counts";
        }

        @Override
        public List<Reading> measure(Contender contender, Settings settings) throws IOException {
            if (contender.name().equals(failing)) {
                throw new IOException("not today");
            }
            return List.of(new Reading("calls", "", ++calls));
        }
    }
}
