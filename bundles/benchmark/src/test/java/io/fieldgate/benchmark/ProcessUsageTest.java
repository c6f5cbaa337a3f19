package io.fieldgate.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessUsageTest {

    @Test
    void addsUserAndSystemTimeOfAllThreadsAndChildren() {
        String stat =
                "4711 (java) S 1 4711 4711 0 -1 4194304 9 0 0 0 250 130 15 5 20 0 30 0 1 2 3 18446744073709551615";

        assertEquals(4.0, ProcessUsage.cpuSeconds(stat));
    }

    @Test
    void aNameWithSpacesAndBracketsConfusesNobody() {
        assertEquals(0.03, ProcessUsage.cpuSeconds("1 (a) b (c) S 1 1 1 0 -1 0 0 0 0 0 1 2 0 0 20 0 1"));
    }

    @Test
    void readsTheResidentSize() {
        String rollup = "00400000-7fff ---p 00000000 00:00 0  [rollup]\nRss:               92160 kB\nPss:   90000 kB\n";

        assertEquals(92_160, ProcessUsage.residentKilobytes(rollup));
        assertThrows(IllegalArgumentException.class, () -> ProcessUsage.residentKilobytes("Pss: 1 kB\n"));
    }

    @Test
    void addsTheGenerationsOfAHeapAndLeavesTheMetaspaceOut() {
        String serial = """
                4711:
                 def new generation   total 4928K, used 100K [0x00, 0x01, 0x02)
                  eden space 4416K,   2% used [0x00, 0x01, 0x02)
                 tenured generation   total 10944K, used 9000K [0x00, 0x01, 0x02)
                   the space 10944K,  82% used [0x00, 0x01, 0x02, 0x03)
                 Metaspace       used 20000K, committed 20200K, reserved 1114112K
                  class space    used 2000K, committed 2100K, reserved 1048576K
                """;

        assertEquals(9_100, ProcessUsage.heapKilobytes(serial));
        assertEquals(700, ProcessUsage.heapKilobytes(" garbage-first heap   total 8192K, used 700K [0x00, 0x01)\n"));
    }

    @Test
    void thisProcessHasUsedSomething() throws IOException {
        long pid = ProcessHandle.current().pid();

        assertTrue(ProcessUsage.cpuSeconds(pid) > 0);
        assertTrue(ProcessUsage.residentKilobytes(pid) > 0);
    }
}
