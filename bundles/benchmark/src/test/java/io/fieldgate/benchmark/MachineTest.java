package io.fieldgate.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MachineTest {

    @Test
    void readsTheProcessorOfAPcAndOfABoard() {
        assertEquals(
                "Some CPU @ 2.00GHz", Machine.cpu("processor\t: 0\nmodel name\t: Some CPU @ 2.00GHz\nflags\t: fpu\n"));
        assertEquals(
                "Some Board Rev 1.2", Machine.cpu("processor\t: 0\nBogoMIPS\t: 108\nModel\t\t: Some Board Rev 1.2\n"));
        assertEquals("unknown", Machine.cpu("processor\t: 0\n"));
    }

    @Test
    void readsTheMainMemory() {
        assertEquals(1_024, Machine.memory("MemTotal:        1000000 kB\nMemFree:  1 kB\n"));
        assertEquals(0, Machine.memory(""));
    }
}
