package io.fieldgate.driver.sim;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be wrong with a simulated device. */
enum Fault {
    /** All is well. */
    NONE,
    /** No call returns, whoever interrupts it, until the fault is lifted or the driver ends: a bus that hangs. */
    NO_ANSWER,
    /** Each call takes some time. */
    SLOW,
    /** Answers in good form that are not true. */
    WRONG_VALUE,
    /** The device cannot be reached, and the driver says so. */
    GONE,
    /** Each call throws an exception that no driver should throw. */
    THROW,
    /** Each answer is broken, every time in another way. */
    GARBAGE;

    /** The name in commands and in configuration. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Finds a fault by its name.
     *
     * @throws IllegalArgumentException if there is none; the message lists all
     */
    static Fault of(String id) {
        return Arrays.stream(values())
                .filter(fault -> fault.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fault must be one of " + ids() + ", is " + id));
    }

    /** All names. */
    static String ids() {
        return Arrays.stream(values()).map(Fault::id).collect(Collectors.joining(", "));
    }
}
