package io.fieldgate.api.gateway;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Which bundles there are, and what of {@code deploy/} could not be used. A service; safe for use by many threads. */
@ProviderType
public interface Installer {

    /**
     * Lists the bundles that are there now, without the framework itself.
     *
     * @return a snapshot, by symbolic name; of one name the deployed before the shipped
     */
    List<InstalledBundle> bundles();

    /**
     * Lists the files of {@code deploy/} that were refused, or rolled back after they had been tried.
     *
     * @return a snapshot, by file name; a file leaves it when it changes or goes
     */
    List<FailedFile> failures();
}
