package io.fieldgate.driver.linux;

import static io.fieldgate.api.data.Quality.Code.DISCONNECTED;
import static io.fieldgate.api.data.Quality.Code.NOT_A_VALUE;
import static io.fieldgate.api.data.Quality.Code.OK;
import static io.fieldgate.api.data.Quality.Code.WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.data.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuGroupTest {

    private static final String POLICY = "/sys/devices/system/cpu/cpufreq/policy";

    @TempDir
    private Path root;

    private FakeMachine machine;

    @BeforeEach
    void build() {
        machine = new FakeMachine(root);
        stat("cpu  100 10 50 800 40 0 0 0 5 0");
        machine.write("/proc/loadavg", "0.25 1.50 12.00 3/120 4711");
        machine.write(POLICY + "0/scaling_cur_freq", "600000");
        machine.write(POLICY + "4/scaling_cur_freq", "1800500");
    }

    private void stat(String first) {
        machine.write("/proc/stat", first, "cpu0 1 2 3", "cpu1 1 2 3", "intr 1234 0 0", "procs_running 1");
    }

    @Test
    void showsItsPoints() {
        assertEquals(
                List.of(
                        "load (decimal in %, r)",
                        "processors (integer in 1, r)",
                        "load-1m (decimal in 1, r)",
                        "load-5m (decimal in 1, r)",
                        "load-15m (decimal in 1, r)",
                        "frequency (decimal in MHz, r)"),
                machine.start().points("linux/cpu"));
    }

    @Test
    void measuresTheLoadFromTheStartOn() {
        machine.start();
        machine.advanceSeconds(1);
        // 30 busier, of them 10 stolen, and 70 of idling and waiting; what guests used is in user already.
        stat("cpu  110 10 55 860 50 2 3 10 500 0");

        assertEquals(30.0, machine.decimal("linux/cpu/load"), 1e-9);
    }

    @Test
    void measuresFromOneReadingToTheNext() {
        machine.start();
        machine.advanceSeconds(1);
        stat("cpu  200 10 50 800 40 0 0 0 0 0");
        assertEquals(100.0, machine.decimal("linux/cpu/load"));

        machine.advanceSeconds(1);
        stat("cpu  200 10 50 900 40 0 0 0 0 0");
        assertEquals(0.0, machine.decimal("linux/cpu/load"));
    }

    @Test
    void waitsUntilThereIsSomethingToCompareWith() {
        machine.start();
        assertEquals(WAITING, machine.code("linux/cpu/load"));

        machine.advance(Duration.ofMillis(40));
        assertEquals(WAITING, machine.code("linux/cpu/load"));
    }

    @Test
    void keepsTheLoadWhenItIsAskedAgainAtOnce() {
        machine.start();
        machine.advanceSeconds(1);
        stat("cpu  125 10 50 875 40 0 0 0 0 0");
        assertEquals(25.0, machine.decimal("linux/cpu/load"));

        machine.advance(Duration.ofMillis(3));
        stat("cpu  126 10 50 875 40 0 0 0 0 0");
        assertEquals(25.0, machine.decimal("linux/cpu/load"));
    }

    @Test
    void staysWithinZeroAndHundredWhenCountersGoBack() {
        machine.start();
        machine.advanceSeconds(1);
        stat("cpu  110 10 50 800 30 0 0 0 0 0");
        assertEquals(100.0, machine.decimal("linux/cpu/load"));

        machine.advanceSeconds(1);
        stat("cpu  1 0 0 5 0 0 0 0 0 0");
        assertEquals(100.0, machine.decimal("linux/cpu/load"), "nothing was counted: the one before holds");
    }

    @Test
    void readsLoadAveragesProcessorsAndTheHighestFrequency() {
        machine.start();

        assertEquals(0.25, machine.decimal("linux/cpu/load-1m"));
        assertEquals(1.5, machine.decimal("linux/cpu/load-5m"));
        assertEquals(12.0, machine.decimal("linux/cpu/load-15m"));
        assertEquals(Value.of(2L), machine.value("linux/cpu/processors"));
        assertEquals(1800.5, machine.decimal("linux/cpu/frequency"));
    }

    @Test
    void hasNoPointForWhatTheMachineDoesNotHave() {
        machine.delete("/sys");
        machine.delete("/proc/stat");

        assertEquals(
                List.of("load-1m (decimal in 1, r)", "load-5m (decimal in 1, r)", "load-15m (decimal in 1, r)"),
                machine.start().points("linux/cpu"));
    }

    @Test
    void tellsGarbageFromAFileThatIsGone() {
        machine.start();
        stat("cpu  x y z");
        machine.write("/proc/loadavg", "lots of load");
        machine.delete(POLICY + "4/scaling_cur_freq");

        assertEquals(NOT_A_VALUE, machine.code("linux/cpu/load"));
        assertEquals(NOT_A_VALUE, machine.code("linux/cpu/load-5m"));
        assertEquals(DISCONNECTED, machine.code("linux/cpu/frequency"));
        assertEquals(OK, machine.code("linux/cpu/processors"));
    }

    @Test
    void doesNotTakeAShortLineForZeros() {
        machine.start();
        machine.advanceSeconds(1);
        stat("cpu  100 10 50");

        assertEquals(NOT_A_VALUE, machine.code("linux/cpu/load"));
    }
}
