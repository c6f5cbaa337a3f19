package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TermsTest {

    @Test
    void namesTheKeyAndTheValueThatAreWrong() {
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> new Terms.Limits(60, 8192, 3, 128, 0));
        assertEquals("threads.max must be 4 to 256, is 3", wrong.getMessage());
    }
}
