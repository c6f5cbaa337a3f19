package io.fieldgate.config;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What the files have in common.
 *
 * @param confirmation how long a change waits to be confirmed
 * @param nanoTime what intervals are measured with
 * @param clock what is shown to people
 */
record Means(
        Declarations declarations,
        ConfigurationStore store,
        ComponentProbe probe,
        ConfirmedFiles confirmed,
        ConfigurationAudit audit,
        Duration confirmation,
        LongSupplier nanoTime,
        InstantSource clock) {}
