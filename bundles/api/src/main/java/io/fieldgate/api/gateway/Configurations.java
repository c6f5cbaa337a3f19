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
     * Puts a device's file into force for a moment, beside all others. One trial is open at a time.
     *
     * @param file the file, anywhere; its name is {@code <factory pid>-<name>.cfg}, as in {@code etc/}
     * @return the trial, which has begun; whoever asked closes it
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it could not be applied, or is not the file of a device; the message says what is wrong
     * @throws IllegalStateException if another trial is open
     */
    ConfigurationTrial tryOut(Path file) throws IOException;

    /**
     * Keeps the changes that wait for it.
     *
     * @return the names of the files whose change is now kept
     */
    List<String> confirm();
}
