package io.fieldgate.core;

import io.fieldgate.api.gateway.DriverInfo;

/**
 * A driver at one moment.
 *
 * @param id the driver's id
 * @param bundle symbolic name and version
 * @param state how it is
 * @param detail why
 * @param points how many points it has
 */
record DriverStatus(String id, String bundle, State state, String detail, int points) implements DriverInfo {}
