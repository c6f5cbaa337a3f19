package io.fieldgate.driver.serial;

import io.fieldgate.api.driver.TableLine;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which patterns and requests give a point: those that have its group, or the one that its line names. */
final class SourceNames {

    private SourceNames() {}

    static Set<String> of(TableLine line, String group, List<LinePattern> patterns, List<Exchange> requests) {
        Set<String> names = new LinkedHashSet<>();
        for (LinePattern pattern : patterns) {
            if (pattern.groups().contains(group)) {
                names.add(pattern.name());
            }
        }
        for (Exchange request : requests) {
            if (request.answer().isPresent() && request.answer().get().groups().contains(group)) {
                names.add(request.name());
            }
        }
        Optional<String> from = line.text("from");
        if (from.isPresent() && !names.contains(from.get())) {
            throw line.wrong("from=" + from.get() + " is not allowed: the group \"" + group + "\" is in "
                    + (names.isEmpty() ? "none of lines and requests" : String.join(", ", names)));
        }
        return from.isPresent() ? Set.of(from.get()) : names;
    }
}
