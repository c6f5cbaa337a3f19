package io.fieldgate.testkit;

import java.time.Duration;
import java.util.List;

/**
 * How clients fared while a bundle was replaced under them. The times are told, not judged: the machine may be busy with other things.
 *
 * @param before the longest wait for an answer before the first update
 * @param stalls the longest wait for an answer in each update, in their order
 * @param clients what became of all messages
 */
public record UpdateReport(Duration before, List<Duration> stalls, SwarmReport clients) {

    /** Copies the list. */
    public UpdateReport {
        stalls = List.copyOf(stalls);
    }
}
