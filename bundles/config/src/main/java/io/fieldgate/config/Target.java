package io.fieldgate.config;

import org.osgi.framework.Bundle;

/**
 * What a file of {@code etc/} configures.
 *
 * @param base a PID, or a factory PID
 * @param instance the name of the factory configuration; empty for a PID that is none
 * @param bundle the bundle that declares it
 * @param schema what it declares
 */
record Target(String base, String instance, Bundle bundle, Schema schema) {

    /** The PID; that of a factory configuration is {@code factory~name} (OSGi Compendium 8.1, 104.4.2). */
    String pid() {
        return instance.isEmpty() ? base : base + "~" + instance;
    }
}
