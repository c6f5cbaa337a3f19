package io.fieldgate.driver.sim;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.DriverContext;
import java.util.List;

/**
 * What the components of this bundle are, each for one kind of device: a driver that hands all on to another. Registered as a
 * service too, so that the shell's commands find them.
 */
interface SimulatedDriver extends Driver {

    /** The driver that does the work. */
    FaultyDriver simulation();

    @Override
    default void start(DriverContext context) throws DriverException {
        simulation().start(context);
    }

    @Override
    default List<DeviceInfo> devices() throws DriverException {
        return simulation().devices();
    }

    @Override
    default List<Reading> read(List<PointId> points) throws DriverException {
        return simulation().read(points);
    }

    @Override
    default Reading write(PointId point, Value value) throws DriverException {
        return simulation().write(point, value);
    }

    @Override
    default void stop() {
        simulation().stop();
    }
}
