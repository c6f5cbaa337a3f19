package io.fieldgate.config;

import io.fieldgate.api.security.Audit;

/** Where it is written down what became of a file. */
@FunctionalInterface
interface ConfigurationAudit {

    /**
     * Writes one line.
     *
     * @param action such as {@code config apply}
     * @param file its name
     */
    void record(String action, String file, Audit.Outcome outcome);
}
