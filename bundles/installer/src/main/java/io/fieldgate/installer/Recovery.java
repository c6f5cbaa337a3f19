package io.fieldgate.installer;

import io.fieldgate.api.gateway.Update;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts right what an update has left that was cut off. For one thread at a time. */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final BundleContext framework;
    private final DesiredFile desired;
    private final Inventory inventory;
    private final Activation activation;
    private final Clock clock;

    Recovery(BundleContext framework, DesiredFile desired, Inventory inventory, Activation activation, Clock clock) {
        this.framework = framework;
        this.desired = desired;
        this.inventory = inventory;
        this.activation = activation;
        this.clock = clock;
    }

    /** An update that was cut off by the end of the gateway, or of the thread that ran it, is rolled back. */
    void cutOff(Deed open) {
        String reason = "the gateway ended while it was "
                + switch (open.state()) {
                    case ACTIVATING -> "being activated";
                    case PROBATION -> "on probation";
                    default -> "being checked";
                };
        Deed deed = open.at(Update.State.ROLLED_BACK, Optional.of(reason), clock.instant());
        LOG.error("update {} ({}) of {} is rolled back: {}", deed.id(), deed.subject(), deed.by(), reason);
        try {
            desired.write(desired.now().ending(deed), Update.State.ROLLED_BACK);
        } catch (IOException e) {
            LOG.error("the state cannot be written", e);
        }
    }

    /** Has run of a bundle what is to run of it. */
    void restore(String symbolicName) {
        Optional<Bundle> wanted = inventory
                .stored()
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()) && isDesired(bundle))
                .findFirst()
                .or(() -> inventory.shipped(symbolicName));
        List<Bundle> others = Stream.of(framework.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .filter(bundle -> wanted.filter(bundle::equals).isEmpty())
                .toList();
        activation.run(wanted, others);
    }

    /** Tells whether a bundle of the store is what is to run. */
    private boolean isDesired(Bundle stored) {
        return desired.now()
                .layers(Inventory.name(stored))
                .effective()
                .filter(version -> version.sha256().equals(inventory.sha256(stored)))
                .isPresent();
    }
}
