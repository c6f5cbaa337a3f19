package io.fieldgate.api.transport;

import io.fieldgate.api.data.CloseReason;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The connection to one client, as the gateway sees it; a transport implements it.
 *
 * <p><b>Reading.</b> The gateway says {@link #demand} when it can take a message; the transport then hands over one with
 * {@link io.fieldgate.api.gateway.LinkedSession#received}, and no other before the next demand. What the client sends
 * meanwhile stays unread, and the client feels it as TCP's own back-pressure. Control frames and the end of the connection
 * are dealt with as long as no message lies in front of them. Time-outs for ping, pong and idleness run only while there is
 * a demand: a client is not to blame for a gateway that does not read.
 *
 * <p><b>Writing.</b> The queue is the gateway's. It says {@link #flush} when there is something to send; the transport
 * fetches messages with {@link io.fieldgate.api.gateway.LinkedSession#next} whenever it can write, as many as it likes to put
 * into one write, and reports each with {@link io.fieldgate.api.gateway.LinkedSession#sent}.
 *
 * <p><b>Threading.</b> Each method may be called from any thread, also from within a call that the transport makes, and
 * returns without waiting.
 */
@ConsumerType
public interface SocketLink {

    /** Asks for one message. Called again only after the one before has been handed over. */
    void demand();

    /** Says that {@link io.fieldgate.api.gateway.LinkedSession#next} has something to give. Calls may be redundant. */
    void flush();

    /**
     * Ends the connection: what was fetched goes out first, then a close frame or what the transport has in its place, then
     * the connection ends, all within 5 s. Nothing is fetched any more. The transport answers, at once or later but in any
     * case, with {@link io.fieldgate.api.gateway.LinkedSession#closed}. A second call does nothing.
     *
     * @param reason what the client is told
     */
    void close(CloseReason reason);
}
