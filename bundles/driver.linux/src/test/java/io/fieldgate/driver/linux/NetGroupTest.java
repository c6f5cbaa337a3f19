package io.fieldgate.driver.linux;

import static io.fieldgate.api.data.Quality.Code.DISCONNECTED;
import static io.fieldgate.api.data.Quality.Code.NOT_A_VALUE;
import static io.fieldgate.api.data.Quality.Code.OK;
import static io.fieldgate.api.data.Quality.Code.WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetGroupTest {

    private static final String LOOPBACK = "    lo: 100 1 0 0 0 0 0 0 100 1 0 0 0 0 0 0";

    @TempDir
    private Path root;

    private FakeMachine machine;

    @BeforeEach
    void build() {
        machine = new FakeMachine(root);
        machine.write("/sys/class/net/eth0/operstate", "up");
        dev(LOOPBACK, eth0(1000, 500));
    }

    private void dev(String... lines) {
        List<String> all = new ArrayList<>();
        all.add("Inter-|   Receive                            |  Transmit");
        all.add(" face |bytes    packets errs drop fifo frame |bytes    packets errs");
        all.addAll(List.of(lines));
        machine.write("/proc/net/dev", all.toArray(String[]::new));
    }

    private static String eth0(long received, long sent) {
        // Old kernels put no blank behind the colon.
        return "  eth0:" + received + " 9 0 0 0 0 0 0 " + sent + " 8 0 0 0 0 0 0";
    }

    @Test
    void showsInterfacesWithoutTheLoopback() {
        assertEquals(List.of("linux/net-eth0"), machine.start().devices());
        assertEquals(
                List.of("rx-rate (decimal in By/s, r)", "tx-rate (decimal in By/s, r)", "link (boolean, r)"),
                machine.points("linux/net-eth0"));
    }

    @Test
    void showsTheLoopbackWhereThereIsNothingElse() {
        dev(LOOPBACK);

        assertEquals(List.of("linux/net-lo"), machine.start().devices());
    }

    @Test
    void measuresBytesPerSecondInBothDirections() {
        machine.start();
        machine.advanceSeconds(4);
        dev(LOOPBACK, eth0(5000, 700));

        assertEquals(1000.0, machine.decimal("linux/net-eth0/rx-rate"));
        assertEquals(50.0, machine.decimal("linux/net-eth0/tx-rate"));
    }

    @Test
    void givesNoNegativeRateWhenACounterWraps() {
        dev(LOOPBACK, eth0(4_294_967_000L, 0));
        machine.start();
        machine.advanceSeconds(1);
        dev(LOOPBACK, eth0(200, 0));
        assertEquals(WAITING, machine.code("linux/net-eth0/rx-rate"));

        machine.advanceSeconds(1);
        dev(LOOPBACK, eth0(300, 0));
        assertEquals(100.0, machine.decimal("linux/net-eth0/rx-rate"));
    }

    @ParameterizedTest
    @CsvSource({"up, true", "unknown, true", "down, false", "lowerlayerdown, false", "dormant, false"})
    void saysWhetherThereIsALink(String state, boolean link) {
        machine.start();
        machine.write("/sys/class/net/eth0/operstate", state);

        assertEquals(Value.of(link), machine.value("linux/net-eth0/link"));
    }

    @Test
    void saysThatAStateItDoesNotKnowIsNoValue() {
        machine.start();
        machine.write("/sys/class/net/eth0/operstate", "sideways");

        assertEquals(NOT_A_VALUE, machine.code("linux/net-eth0/link"));
        assertEquals(WAITING, machine.code("linux/net-eth0/rx-rate"), "the others are not concerned");
    }

    @Test
    void noticesAnInterfaceThatIsPluggedInAndKeepsTheRatesOfTheOthers() {
        machine.start();
        machine.advanceSeconds(11);
        dev(LOOPBACK, eth0(12_000, 500), "wlan0.7: 5 1 0 0 0 0 0 0 5 1 0 0 0 0 0 0");

        assertEquals(1000.0, machine.decimal("linux/net-eth0/rx-rate"));
        assertEquals(1, machine.changes);
        assertEquals(List.of("linux/net-eth0", "linux/net-wlan0-7"), machine.devices());
        assertEquals(WAITING, machine.code("linux/net-wlan0-7/rx-rate"));
        assertTrue(machine.points("linux/net-wlan0-7").stream().noneMatch(point -> point.startsWith("link")));
    }

    @Test
    void saysWhenAnInterfaceIsPulledOutBeforeItIsTakenOffTheList() {
        dev(LOOPBACK, eth0(1, 1), "  usb0: 5 1 0 0 0 0 0 0 5 1 0 0 0 0 0 0");
        machine.write("/sys/class/net/usb0/operstate", "up");
        machine.start();
        machine.advanceSeconds(1);
        dev(LOOPBACK, eth0(1, 1));
        machine.delete("/sys/class/net/usb0");

        assertEquals(DISCONNECTED, machine.code("linux/net-usb0/rx-rate"));
        assertEquals(DISCONNECTED, machine.code("linux/net-usb0/link"));
        assertEquals(OK, machine.code("linux/net-eth0/rx-rate"));
        assertEquals(0, machine.changes);

        machine.advanceSeconds(10);
        assertEquals(DISCONNECTED, machine.code("linux/net-usb0/rx-rate"));
        assertEquals(1, machine.changes);
        assertEquals(List.of("linux/net-eth0"), machine.devices());
    }
}
