package io.fieldgate.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BudgetTest {

    private final Results results = new Results();

    @Test
    void aShareOfAPeerIsTakenOfItsMedian() {
        Budget budget = budget("echo-32", "CPU per message");
        assertEquals("–", budget.verdict(results));
        assertEquals("≤ 0.8 × netty", budget.words(results));

        add("echo-32", "CPU per message", "fieldgate", 4);
        assertEquals("–", budget.verdict(results));
        add("echo-32", "CPU per message", "netty", 5);

        assertEquals("met", budget.verdict(results));
        assertEquals("≤ 0.8 × netty = 4.00", budget.words(results));
    }

    @Test
    void moreIsBetterWhereSomethingIsCounted() {
        Budget budget = budget("static", "requests");
        add("static", "requests", "fieldgate", 89);
        add("static", "requests", "jetty", 100);

        assertEquals("missed", budget.verdict(results));
        assertEquals("≥ 0.9 × jetty = 90.0", budget.words(results));
    }

    @Test
    void aWaitMustBeShortEveryTime() {
        Budget budget = budget("update", "longest wait per update");
        add("update", "longest wait per update", "fieldgate", 20);
        add("update", "longest wait per update", "fieldgate", 20);
        assertEquals("met", budget.verdict(results));
        add("update", "longest wait per update", "fieldgate", 101);

        assertEquals("missed", budget.verdict(results));
        assertEquals("≤ 100, then 50", budget.words(results));
    }

    private void add(String figure, String quantity, String server, double value) {
        results.add(
                figure,
                server,
                new Reading(quantity, budget(figure, quantity).row().unit(), value));
    }

    private static Budget budget(String figure, String quantity) {
        return Budget.all().stream()
                .filter(budget -> budget.row().figure().equals(figure)
                        && budget.row().quantity().equals(quantity))
                .findFirst()
                .orElseThrow();
    }
}
