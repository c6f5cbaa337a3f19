package io.fieldgate.installer;

import io.fieldgate.api.gateway.Update;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an update at one moment.
 *
 * @param id its number
 * @param by who asked for it
 * @param since when
 * @param changed when it came to its state
 * @param state how far it is
 * @param reason why it ended, if it was not committed
 * @param parts its bundles, by symbolic name
 */
record Deed(
        long id,
        String by,
        Instant since,
        Instant changed,
        Update.State state,
        Optional<String> reason,
        List<Part> parts) {

    Deed {
        parts = List.copyOf(parts);
    }

    /**
     * A bundle of an update.
     *
     * @param symbolicName its name
     * @param from the version before
     * @param to the version that is to run
     * @param signer who has signed it
     */
    record Part(String symbolicName, Optional<String> from, Optional<String> to, Optional<String> signer)
            implements Update.Part {

        @Override
        public String toString() {
            return to.map(version -> symbolicName + ' ' + version).orElse(symbolicName);
        }
    }

    Deed at(Update.State next, Optional<String> why, Instant now) {
        return new Deed(id, by, since, now, next, why, parts);
    }

    /** Its bundles with their versions. */
    String subject() {
        return String.join(", ", parts.stream().map(Part::toString).toList());
    }
}
