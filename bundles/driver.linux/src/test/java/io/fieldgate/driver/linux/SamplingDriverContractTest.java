package io.fieldgate.driver.linux;

import io.fieldgate.api.driver.Driver;
import io.fieldgate.testkit.DriverContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SamplingDriverContractTest extends DriverContract {

    @TempDir
    private Path root;

    private FakeConverter converter;
    private Thread pump;

    /** Scans come all the time. */
    @BeforeEach
    void plug() throws Exception {
        converter = new FakeConverter(root);
        pump = new Thread(
                () -> {
                    try {
                        for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                            converter.scan(i & 0xff, 100, i);
                        }
                    } catch (IOException e) {
                        return; // the test is over
                    }
                },
                "scans");
        pump.setDaemon(true);
        pump.start();
    }

    @AfterEach
    void unplug() throws Exception {
        pump.interrupt();
        pump.join(10_000);
        converter.close();
    }

    @Override
    protected Driver driver() {
        return converter.driver(Map.of("trigger", "clock", "rate.hz", 100));
    }

    @Override
    protected Optional<Driver> brokenDriver() {
        return Optional.of(converter.driver(Map.of("converter", "none")));
    }

    @Override
    protected String driverId() {
        return "fast";
    }
}
