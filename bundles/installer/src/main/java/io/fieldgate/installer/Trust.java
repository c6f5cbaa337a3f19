package io.fieldgate.installer;

import io.fieldgate.api.gateway.UpdateException;
import io.fieldgate.api.gateway.UpdateOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Interim. */
final class Trust {
    Trust(Path etc, Clock clock) {}

    Optional<String> warning() {
        return Optional.empty();
    }

    boolean isEmpty() {
        return true;
    }

    Optional<String> signer(Path jar, UpdateOptions options) throws UpdateException {
        return Optional.empty();
    }

    Optional<String> verify(Path file, Path signature, UpdateOptions options) throws UpdateException, IOException {
        return Optional.empty();
    }
}
