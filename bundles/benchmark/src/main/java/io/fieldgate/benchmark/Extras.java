package io.fieldgate.benchmark;

import java.util.Map;

/**
 * What the gateway is given for one figure.
 *
 * @param configuration files of {@code etc/}: name to content
 * @param fanout whether the handler of the fan-out is deployed
 */
record Extras(Map<String, String> configuration, boolean fanout) {

    static final Extras NONE = new Extras(Map.of(), false);

    Extras {
        configuration = Map.copyOf(configuration);
    }
}
