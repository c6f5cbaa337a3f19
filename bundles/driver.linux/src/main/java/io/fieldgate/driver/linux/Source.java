package io.fieldgate.driver.linux;

import io.fieldgate.api.data.Value;
import java.io.IOException;

/** Where the value of one point comes from. */
@FunctionalInterface
interface Source {

    /**
     * Finds out the value for the batch that is going on.
     *
     * @throws UnreadableException if what is there is no value
     * @throws IOException if the file cannot be read
     */
    Value read() throws IOException;
}
