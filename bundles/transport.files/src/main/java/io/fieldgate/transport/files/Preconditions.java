package io.fieldgate.transport.files;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;

/** What a request makes its answer depend on (RFC 9110, 13), in the order of 13.2.2. */
final class Preconditions {

    private final HttpServletRequest request;
    private final Content content;

    Preconditions(HttpServletRequest request, Content content) {
        this.request = request;
        this.content = content;
    }

    /** Whether the client's state is not what it thinks: 412 (RFC 9110, 13.1.1 and 13.1.4). */
    boolean haveFailed() {
        Optional<String> match = header("If-Match");
        if (match.isPresent()) {
            return !match.get().equals("*")
                    && EntityTag.list(match.get()).stream().noneMatch(content.tag()::isStrongly);
        }
        Optional<Instant> since = date("If-Unmodified-Since");
        return since.isPresent()
                && content.modified().isPresent()
                && content.modified().get().isAfter(since.get());
    }

    /** Whether the client has it already: 304 (RFC 9110, 13.1.2 and 13.1.3). */
    boolean clientHasIt() {
        Optional<String> none = header("If-None-Match");
        if (none.isPresent()) {
            return none.get().equals("*") || EntityTag.list(none.get()).stream().anyMatch(content.tag()::isWeakly);
        }
        Optional<Instant> since = date("If-Modified-Since");
        return since.isPresent()
                && content.modified().isPresent()
                && !content.modified().get().isAfter(since.get());
    }

    /** Whether a range can be added to what the client has: else it gets all (RFC 9110, 13.1.5). */
    boolean mayBeARange() {
        Optional<String> range = header("If-Range");
        if (range.isEmpty()) {
            return true;
        }
        Optional<EntityTag> tag = EntityTag.of(range.get());
        if (tag.isPresent()) {
            return content.tag().isStrongly(tag.get());
        }
        // A date must be the very date, and is worth something only if there was no time for two changes (8.8.2.2).
        Optional<Instant> date = HttpDate.parse(range.get());
        return date.isPresent() && content.settled() && date.equals(content.modified());
    }

    private Optional<Instant> date(String name) {
        return header(name).flatMap(HttpDate::parse);
    }

    private Optional<String> header(String name) {
        String first = request.getHeader(name);
        if (first == null) {
            return Optional.empty();
        }
        return Optional.of(
                String.join(", ", Collections.list(request.getHeaders(name))).strip());
    }
}
