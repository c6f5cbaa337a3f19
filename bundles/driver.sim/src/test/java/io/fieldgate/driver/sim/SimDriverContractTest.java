package io.fieldgate.driver.sim;

import io.fieldgate.api.driver.Driver;
import io.fieldgate.testkit.Configurations;
import io.fieldgate.testkit.DriverContract;
import java.util.Map;

class SimDriverContractTest extends DriverContract {

    @Override
    protected Driver driver() {
        return new SimDriver(Configurations.of(SimDriver.Config.class, Map.of("fieldgate.driver.id", "sim")));
    }

    @Override
    protected String driverId() {
        return "sim";
    }
}
