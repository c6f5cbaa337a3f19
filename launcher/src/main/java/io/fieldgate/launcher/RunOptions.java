package io.fieldgate.launcher;

import java.util.Optional;

/**
 * How a gateway is to run.
 *
 * @param http where to listen, if the command line said so
 * @param console what goes to standard error
 * @param detached whether it was started in the background
 * @param waits whether it waits for the gateway before to end
 */
record RunOptions(Optional<String> http, GatewayLog.Console console, boolean detached, boolean waits) {}
