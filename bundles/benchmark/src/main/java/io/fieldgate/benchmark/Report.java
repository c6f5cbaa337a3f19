package io.fieldgate.benchmark;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that is told of a run.
 *
 * @param at when it began
 * @param command the command line
 * @param machine what it ran on
 * @param flags what the virtual machines of all servers were given
 * @param versions name of each server to its version, in the order of the columns
 * @param settings how long and how often
 * @param leftOut one line for each server, or part of a figure, that could not be had, and why
 * @param results what came of it
 */
record Report(
        Instant at,
        String command,
        Machine machine,
        List<String> flags,
        Map<String, String> versions,
        Settings settings,
        List<String> leftOut,
        Results results) {

    /** The names of the servers, in the order of the columns. */
    List<String> contenders() {
        return List.copyOf(versions.keySet());
    }
}
