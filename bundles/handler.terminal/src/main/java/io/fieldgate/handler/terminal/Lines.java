package io.fieldgate.handler.terminal;

import io.fieldgate.api.driver.DriverId;
import io.fieldgate.api.stream.ByteLine;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.framework.ServiceReference;

/** The lines that are there. Kept by reference, so that a driver's successor may come before it goes. */
final class Lines {

    private final Map<ServiceReference<ByteLine>, ByteLine> lines =
            new ConcurrentSkipListMap<>(Comparator.reverseOrder());

    void add(ServiceReference<ByteLine> reference, ByteLine line) {
        lines.put(reference, line);
    }

    void remove(ServiceReference<ByteLine> reference) {
        lines.remove(reference);
    }

    /** The line of this id, of several the one of the highest ranking. */
    Optional<ByteLine> find(String id) {
        return lines.entrySet().stream()
                .filter(entry -> id.equals(entry.getKey().getProperty(DriverId.NAME)))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
