package io.fieldgate.driver.modbus;

import io.fieldgate.api.driver.Driver;
import io.fieldgate.testkit.DriverContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The master keeps what a driver promises. */
class ModbusDriverContractTest extends DriverContract {

    private FakeUnit unit;

    @BeforeEach
    void open() throws IOException {
        unit = new FakeUnit();
    }

    @Override
    protected Driver driver() {
        return Drivers.at(
                unit.port(), Map.of("units", new String[] {"plc unit=1", "meter unit=2"}, "registers", new String[] {
                    "plc/level address=0 type=float32 unit=m writable=true",
                    "plc/count address=2 type=int32 writable=true",
                    "plc/pump function=coil address=100 writable=true",
                    "plc/name address=10 type=string length=8 writable=true",
                    "plc/flag address=20 type=bool bit=3 writable=true",
                    "plc/scaled address=21 type=int16 scale=0.1 unit=Cel min=-10 max=100 writable=true",
                    "meter/alarm function=discrete address=7",
                    "meter/energy function=input address=30 type=uint64 unit=W.h"
                }));
    }

    @Override
    protected Optional<Driver> brokenDriver() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        return Optional.of(Drivers.at(port));
    }

    @Override
    protected String driverId() {
        return "bus";
    }

    @AfterEach
    void close() throws IOException {
        unit.close();
    }
}
