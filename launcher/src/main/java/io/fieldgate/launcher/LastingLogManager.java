package io.fieldgate.launcher;

import java.util.logging.LogManager;

/**
 * A log that lasts until the gateway has stopped. The JDK's own manager closes all handlers in a shutdown hook of its own,
 * beside ours, and the last lines are lost; and it reads a {@code logging.properties} that nobody here needs. {@link Main} names it
 * in a system property.
 */
public final class LastingLogManager extends LogManager {

    /** Does nothing: {@link GatewayLog} makes the handlers. */
    @Override
    public void readConfiguration() {}

    /** Does nothing: {@link GatewayLog#close} closes the handlers. */
    @Override
    public void reset() {}
}
