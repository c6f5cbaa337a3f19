package io.fieldgate.benchmark;

import java.util.Map;

/**
 * What the gateway is given for one figure.
 *
 * @param configuration files of {@code etc/}: name to content
 * @param handlers whether the handlers of the package {@code subject} are deployed
 */
record Extras(Map<String, String> configuration, boolean handlers) {

    static final Extras NONE = new Extras(Map.of(), false);

    /** The handlers, and nothing else. */
    static final Extras HANDLERS = new Extras(Map.of(), true);

    Extras {
        configuration = Map.copyOf(configuration);
    }
}
