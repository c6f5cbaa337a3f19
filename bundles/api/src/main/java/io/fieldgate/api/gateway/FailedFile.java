package io.fieldgate.api.gateway;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/** A file in {@code deploy/} that could not be used. What ran before runs on. */
@ProviderType
public interface FailedFile {

    /**
     * The file.
     *
     * @return its name within {@code deploy/}
     */
    String file();

    /**
     * Why it could not be used.
     *
     * @return one line for a person
     */
    String reason();

    /**
     * When that was found.
     *
     * @return the time by the gateway's clock
     */
    Instant since();
}
