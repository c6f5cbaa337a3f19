package io.fieldgate.api.gateway;

import java.util.Objects;

/**
 * Who asks for an update, and what it may do. Immutable.
 *
 * <p>Without more it comes from elsewhere, so it must be signed, must not go to a lower version and must not restart others.
 */
public final class UpdateOptions {

    private final String by;
    private final String address;
    private final boolean local;
    private final boolean downgrade;
    private final boolean refresh;

    private UpdateOptions(String by, String address, boolean local, boolean downgrade, boolean refresh) {
        this.by = Objects.requireNonNull(by, "by");
        this.address = Objects.requireNonNull(address, "address");
        this.local = local;
        this.downgrade = downgrade;
        this.refresh = refresh;
    }

    /**
     * Options of somebody.
     *
     * @param by the name of who asks, for the history and the audit log
     * @param address the IP address, or empty for this machine
     * @return the options, with nothing allowed
     */
    public static UpdateOptions of(String by, String address) {
        return new UpdateOptions(by, address, false, false, false);
    }

    /**
     * The same from somebody who is on this machine, by the shell's socket: where no certificate is trusted, the bundles need
     * not be signed.
     *
     * @return other options
     */
    public UpdateOptions onThisMachine() {
        return new UpdateOptions(by, address, true, downgrade, refresh);
    }

    /**
     * The same with lower versions allowed.
     *
     * @return other options
     */
    public UpdateOptions allowingDowngrade() {
        return new UpdateOptions(by, address, local, true, refresh);
    }

    /**
     * The same with leave to restart the bundles that are wired to the ones that are replaced.
     *
     * @return other options
     */
    public UpdateOptions allowingRefresh() {
        return new UpdateOptions(by, address, local, downgrade, true);
    }

    /**
     * Who asks.
     *
     * @return a name
     */
    public String by() {
        return by;
    }

    /**
     * From where.
     *
     * @return an IP address, or empty for this machine
     */
    public String address() {
        return address;
    }

    /**
     * Whether it comes by the shell's socket of this machine.
     *
     * @return true if unsigned bundles may be taken where no certificate is trusted
     */
    public boolean isOnThisMachine() {
        return local;
    }

    /**
     * Whether versions may go down.
     *
     * @return true if they may
     */
    public boolean allowsDowngrade() {
        return downgrade;
    }

    /**
     * Whether others may restart.
     *
     * @return true if they may
     */
    public boolean allowsRefresh() {
        return refresh;
    }
}
