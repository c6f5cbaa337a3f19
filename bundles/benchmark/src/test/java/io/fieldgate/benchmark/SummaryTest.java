package io.fieldgate.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
        assertEquals(new Summary(3, 1, 90), Summary.of(List.of(90.0, 1.0, 3.0)));
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertEquals(new Summary(2.5, 1, 4), Summary.of(List.of(4.0, 1.0, 3.0, 2.0)));
    }

    @Test
    void oneValueIsAllThreeOfThem() {
        assertEquals(new Summary(7, 7, 7), Summary.of(List.of(7.0)));
    }

    @Test
    void thereIsNoMedianOfNothing() {
        assertThrows(IllegalArgumentException.class, () -> Summary.of(List.of()));
    }
}
