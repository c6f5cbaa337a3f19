package io.fieldgate.driver.sim;

import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import java.util.function.Supplier;

/**
 * A point, and what in a model it is.
 *
 * @param info what clients are told of it
 * @param value what it says now
 * @param setter takes what is written
 */
record SimPoint(PointInfo info, Supplier<Value> value, Setter setter) {

    /** Takes a value; the gateway has checked type and range. */
    interface Setter {

        /**
         * Takes a value.
         *
         * @throws DriverException if the value is not possible now
         */
        void set(Value value) throws DriverException;
    }
}
