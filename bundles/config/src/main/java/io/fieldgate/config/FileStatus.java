package io.fieldgate.config;

import io.fieldgate.api.gateway.ConfigurationFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A file at one moment. */
record FileStatus(String name, State state, List<String> problems, Optional<Instant> revertsAt)
        implements ConfigurationFile {}
