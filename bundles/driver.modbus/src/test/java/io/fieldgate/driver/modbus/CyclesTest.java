package io.fieldgate.driver.modbus;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.data.Value;
import io.fieldgate.testkit.Configurations;
import io.fieldgate.testkit.FakeDriverContext;
import io.fieldgate.testkit.FakePoints;
import java.io.File;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand lives leave no thread and no descriptor. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class CyclesTest {

    private static final int CYCLES = 1000;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static int descriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("fieldgate-"))
                .count();
    }

    private static void oneMaster(FakeUnit unit) throws Exception {
        ModbusDriver driver = Drivers.at(unit.port(), "a address=0");
        driver.start(new FakeDriverContext());
        Drivers.assertValue(Value.of(0), Drivers.read(driver, "plc/a"));
        driver.stop();
    }

    private static void oneServer() throws Exception {
        ModbusServer server = new ModbusServer(
                Configurations.of(ModbusServer.Config.class, Map.of("listen", "127.0.0.1:0", "points", new String[0])),
                new FakePoints());
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> server.port() > 0);
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.getOutputStream().write(new byte[] {0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 1});
            assertEquals(9, client.getInputStream().readNBytes(9).length);
            server.close();
        }
    }

    @Test
    void aThousandMastersLeaveNothing() throws Exception {
        try (FakeUnit unit = new FakeUnit()) {
            oneMaster(unit);
            int before = descriptors();
            for (int i = 0; i < CYCLES; i++) {
                oneMaster(unit);
            }
            await().atMost(LIMIT).until(() -> descriptors() <= before + 5 && threads() == 0);
        }
    }

    @Test
    void aThousandServersLeaveNothing() throws Exception {
        oneServer();
        int before = descriptors();
        for (int i = 0; i < CYCLES; i++) {
            oneServer();
        }
        await().atMost(LIMIT).until(() -> descriptors() <= before + 5 && threads() == 0);
    }
}
