package io.fieldgate.api.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The configuration files, for those who change them. A service.
 *
 * <p>A change that could lock out the one who made it (see {@link ConfirmedKeys}) is in force at once, and taken back, in the
 * file too, unless it is confirmed within a minute.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
@ProviderType
public interface Configurations {

    /**
     * Says how each file of {@code etc/} is.
     *
     * @return a snapshot, by file name
     */
    List<ConfigurationFile> files();

    /**
     * Checks a file without applying it.
     *
     * @param file the file, anywhere; its name says what it configures, as in {@code etc/}
     * @return what is wrong with it, a line each; empty if it could be applied
     * @throws IOException if it cannot be read
     */
    List<String> check(Path file) throws IOException;

    /**
     * Keeps the changes that wait for it.
     *
     * @return the names of the files whose change is now kept
     */
    List<String> confirm();
}
