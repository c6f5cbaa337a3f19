package io.fieldgate.api.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Replaces bundles, and knows which there are. Whatever happens, the gateway is left with the versions before or with the new ones, also when
 * power goes in the middle.
 *
 * <p>A service; safe for use by many threads. One update is under way at a time; others wait in order, at most 16 of them. A newer update of a
 * bundle takes the place of one that waits or is on probation.
 */
@ProviderType
public interface Installer {

    /**
     * Lists the bundles that are there now, without the framework itself.
     *
     * @return a snapshot, by symbolic name; of one name the one that was deployed or updated before the shipped
     */
    List<InstalledBundle> bundles();

    /**
     * Lists the files of {@code deploy/} that were refused, or rolled back after they had been tried.
     *
     * @return a snapshot, by file name; a file leaves it when it changes or goes
     */
    List<FailedFile> failures();

    /**
     * Takes a jar in, and returns when it is safely on the disk. It is read to its end, also if it turns out to be unusable; the stream is not
     * closed.
     *
     * @param jar the jar; at most {@code bundle.max.bytes} of the installer's configuration
     * @return what it is; to be closed
     * @throws UpdateException with {@link UpdateException.Reason#UNUSABLE} if it is not a whole jar with a bundle in it, or too large;
     *     {@link UpdateException.Reason#BUSY} if too many are staged
     * @throws IOException if the stream breaks, or the disk is full; nothing is kept
     */
    StagedBundle stage(InputStream jar) throws UpdateException, IOException;

    /**
     * Asks for an update. Signatures, names and versions are checked before this returns, the rest when it is the update's turn.
     *
     * @param bundles what is to run from now on, each of another name, 1 to 64; they can be closed when this has returned
     * @param options who asks, and what is allowed
     * @return the update, in its first state or further; an update to what runs already is {@link Update.State#COMMITTED} at once
     * @throws UpdateException if it is refused; nothing was touched
     */
    Update update(List<StagedBundle> bundles, UpdateOptions options) throws UpdateException;

    /**
     * Asks for the version before of a bundle: the update before, or what was shipped. It goes the same way as any update, but needs no signature
     * again and may lower the version.
     *
     * @param symbolicName the bundle
     * @param options who asks, and what is allowed
     * @return the update
     * @throws UpdateException with {@link UpdateException.Reason#UNKNOWN} if there is no version before,
     *     {@link UpdateException.Reason#DEPLOYED} if a file in {@code deploy/} decides what runs
     */
    Update rollback(String symbolicName, UpdateOptions options) throws UpdateException;

    /**
     * Lists the updates: those that wait or are under way, then the ended ones, of which the last 100 are kept over restarts.
     *
     * @return a snapshot, the newest first
     */
    List<Update> updates();

    /**
     * Checks the signature of a file that is not a jar, made by {@code fieldgate sign}.
     *
     * @param file the file
     * @param signature the file with its signature, by custom {@code FILE.sig}
     * @param options who asks
     * @return the subject of the certificate (RFC 2253); empty if there is no signature and none is needed
     * @throws UpdateException with {@link UpdateException.Reason#SIGNATURE} if the file must not be used
     * @throws IOException if one of the files cannot be read
     */
    Optional<String> verify(Path file, Path signature, UpdateOptions options) throws UpdateException, IOException;

    /**
     * Says what keeps the gateway from being healthy now: bundles that should run and do not, components of theirs that fail, health checks of
     * Felix tagged {@code update} that are not OK. It may take as long as the slowest of those checks, at most 10 s.
     *
     * @return a line for each, or none if all is well
     */
    List<String> complaints();
}
