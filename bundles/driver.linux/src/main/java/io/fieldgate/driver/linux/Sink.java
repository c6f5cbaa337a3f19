package io.fieldgate.driver.linux;

import io.fieldgate.api.data.Value;
import java.io.IOException;

/** Where the value of one point goes. */
@FunctionalInterface
interface Sink {

    /** Sets the value; returns when the kernel has taken it. */
    void write(Value value) throws IOException;
}
