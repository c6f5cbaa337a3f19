package io.fieldgate.transport.http;

import java.time.Duration;
import java.util.Hashtable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ManagedService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until others have taken in the changes of their configuration. The configuration service hands changes out on one
 * thread, in order; so whoever asks for a configuration now gets its turn when all earlier ones have returned.
 */
final class ConfigurationTurn {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationTurn.class);

    /** Nobody has a configuration of this name. */
    private static final String PID = HttpTransport.PID + ".turn";

    private final BundleContext context;

    ConfigurationTurn(BundleContext context) {
        this.context = context;
    }

    /**
     * Waits for the changes made so far.
     *
     * @param limit how long at most; if that is not enough, there is a line in the log
     */
    void await(Duration limit) throws InterruptedException {
        CountDownLatch turn = new CountDownLatch(1);
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_PID, PID);
        ServiceRegistration<ManagedService> asking =
                context.registerService(ManagedService.class, none -> turn.countDown(), properties);
        try {
            if (!turn.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("Jetty has not stopped after {} s and is not waited for any longer", limit.toSeconds());
            }
        } finally {
            asking.unregister();
        }
    }
}
