package io.fieldgate.api.gateway;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A handler at one moment. */
@ProviderType
public interface HandlerInfo {

    /**
     * The path that it serves.
     *
     * @return for example {@code /live} or {@code /tools/*}
     */
    String path();

    /**
     * The subprotocols that it speaks.
     *
     * @return their names, or none if any request fits
     */
    List<String> subprotocols();

    /**
     * The bundle that registered it.
     *
     * @return symbolic name and version, parted by a blank
     */
    String bundle();

    /**
     * Its service ranking.
     *
     * @return the ranking; of two at one path the higher gets new sessions
     */
    int ranking();

    /**
     * The sessions that it holds.
     *
     * @return their number
     */
    int sessions();

    /**
     * How often one of its callbacks has thrown.
     *
     * @return the number since it came
     */
    long errors();

    /**
     * How many of its calls do not come back: callbacks that have been running for 5 s or more, or for half a second or more if it has promised
     * not to block. While the handler itself is still being made after 5 s, it is 1.
     *
     * @return the number now
     */
    default int overdue() {
        return 0;
    }
}
