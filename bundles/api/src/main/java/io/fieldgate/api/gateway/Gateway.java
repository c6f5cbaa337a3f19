package io.fieldgate.api.gateway;

/** Names that the launcher and the bundles agree on. */
public final class Gateway {

    /** Framework property: the absolute path of the home, the folder that holds {@code etc/}, {@code deploy/}, {@code data/}. */
    public static final String HOME = "fieldgate.home";

    /** Framework property: the absolute path of the distribution, the folder that holds {@code bin/} and {@code lib/}. */
    public static final String DISTRIBUTION = "fieldgate.distribution";

    /**
     * Framework property: {@code HOST:PORT} to listen on, from the command line; it wins over the configuration. Absent
     * unless it was given.
     */
    public static final String HTTP = "fieldgate.http";

    /**
     * Framework property: the version of the distribution.
     */
    public static final String VERSION = "fieldgate.version";

    /**
     * Value of {@code osgi.condition.id} of the {@code org.osgi.service.condition.Condition} that the launcher registers
     * when every shipped component is satisfied, or logged as failed, and {@code deploy/} has been dealt with. The port opens
     * when it comes.
     */
    public static final String READY = "io.fieldgate.ready";

    /**
     * Value of {@code osgi.condition.id} of the {@code org.osgi.service.condition.Condition} that the installer registers
     * when it has dealt with what lay in {@code deploy/} at the start.
     */
    public static final String DEPLOYED = "io.fieldgate.deployed";

    /**
     * Value of {@code osgi.condition.id} of the {@code org.osgi.service.condition.Condition} that the first transport
     * registers when its port is open. Its property {@code fieldgate.url} is the address for a browser; {@code fieldgate.urls}, a
     * {@code String[]} that need not be there, has the addresses of all listeners, this one first. The latter may change while the
     * condition stays.
     */
    public static final String LISTENING = "io.fieldgate.listening";

    /**
     * Value of {@code osgi.condition.id} of the {@code org.osgi.service.condition.Condition} that the first transport
     * registers instead of {@link #LISTENING} when its port cannot be opened. Its property {@code fieldgate.detail} says why in
     * one line. The launcher then ends the process.
     */
    public static final String LISTENING_FAILED = "io.fieldgate.listening.failed";

    /**
     * Value of {@code osgi.condition.id} of a {@code org.osgi.service.condition.Condition} that the installer registers before it stops
     * bundles in order to replace them, and takes away when their successors serve or 10 s have passed. Its property
     * {@code fieldgate.bundles}, a {@code Long[]}, has the framework's numbers of the bundles that go. Who serves for them lets what
     * is under way end before the registration returns (within 2 s) and has new requests wait until the condition is gone.
     */
    public static final String REPLACING = "io.fieldgate.replacing";

    /** Property of {@link #REPLACING}: {@code Long[]}, the numbers of the bundles that are being replaced. */
    public static final String REPLACED_BUNDLES = "fieldgate.bundles";

    private Gateway() {}
}
