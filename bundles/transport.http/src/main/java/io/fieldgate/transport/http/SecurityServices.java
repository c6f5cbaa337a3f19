package io.fieldgate.transport.http;

import io.fieldgate.api.security.Audit;
import io.fieldgate.api.security.Authenticator;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the security bundle serves, as long as it does. Internal to this bundle.
 *
 * <p>One that was never there is no reason to serve nobody: this machine is served then. One that has gone is, until it is back.
 */
@Component(service = SecurityServices.class)
public final class SecurityServices {

    private static final Logger LOG = LoggerFactory.getLogger(SecurityServices.class);

    private final BooleanSupplier stopping;

    private volatile Optional<Authenticator> authenticator = Optional.empty();
    private volatile Optional<Audit> audit = Optional.empty();
    private volatile boolean gone;
    private volatile boolean stopped;

    /**
     * Begins with nothing.
     *
     * @param context the bundle's
     */
    @Activate
    public SecurityServices(BundleContext context) {
        this(framework(context));
    }

    SecurityServices(BooleanSupplier stopping) {
        this.stopping = stopping;
    }

    private static BooleanSupplier framework(BundleContext context) {
        Bundle framework = context.getBundle(Constants.SYSTEM_BUNDLE_ID);
        return () -> framework.getState() == Bundle.STOPPING;
    }

    @Deactivate
    void stop() {
        stopped = true;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAuthenticator(Authenticator service) {
        authenticator = Optional.of(service);
        if (gone) {
            gone = false;
            LOG.info("the security bundle is back: clients are let in again");
        }
    }

    /** The next one is bound before the last is unbound. */
    void unbindAuthenticator(Authenticator service) {
        if (authenticator.filter(current -> current == service).isPresent()) {
            gone = true;
            authenticator = Optional.empty();
            if (!stopped && !stopping.getAsBoolean()) {
                LOG.warn("the security bundle has gone: until it is back every new request is answered with 503");
            }
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAudit(Audit service) {
        audit = Optional.of(service);
    }

    void unbindAudit(Audit service) {
        if (audit.filter(current -> current == service).isPresent()) {
            audit = Optional.empty();
        }
    }

    /** Who tells who somebody is. */
    Optional<Authenticator> authenticator() {
        return authenticator;
    }

    /** Tells whether there was somebody to ask, and is not any more. */
    boolean isGone() {
        return gone;
    }

    /** Who writes down what happened. */
    Optional<Audit> audit() {
        return audit;
    }
}
