package io.fieldgate.api.stream;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears what comes in on a {@link ByteLine}.
 *
 * <p><b>Threading.</b> Called from one thread at a time, which is the one that reads the line: no call may block. Nothing is
 * called after {@link #ended}.
 */
@ConsumerType
public interface LineObserver {

    /**
     * Octets have come in.
     *
     * @param octets what has come, at least one octet; the array is the observer's own
     */
    void received(byte[] octets);

    /** The connection has ended because the driver goes. Not called after {@link LineConnection#close}. */
    void ended();
}
