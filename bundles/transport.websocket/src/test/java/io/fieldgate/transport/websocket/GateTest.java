package io.fieldgate.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GateTest {

    private final AtomicInteger ends = new AtomicInteger();
    private final Gate gate = new Gate(ends::incrementAndGet);

    @Test
    void endsAtOnceWhenNobodyIsInside() {
        gate.shut();
        assertEquals(1, ends.get());
        assertFalse(gate.enter());
    }

    @Test
    void endsWhenTheLastOneLeaves() {
        assertTrue(gate.enter());
        assertTrue(gate.enter());
        gate.shut();
        gate.shut();
        assertFalse(gate.enter());
        gate.leave();
        assertEquals(0, ends.get());
        gate.leave();
        assertEquals(1, ends.get());
        gate.shut();
        assertEquals(1, ends.get());
    }
}
