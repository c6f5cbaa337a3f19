package io.fieldgate.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Whether a gateway has more class loaders of the bundle than it has versions of it installed. A shipped bundle that one in {@code deploy/}
 * stands in for stays installed, so then there are two.
 */
final class LeakCheck {

    private final CheckedGateway gateway;
    private final BundleLoaders loaders;

    LeakCheck(CheckedGateway gateway) throws IOException, InterruptedException {
        this.gateway = gateway;
        loaders = BundleLoaders.of(gateway.jar());
        if (loaders.in(gateway.process()) == 0) {
            throw new AssertionError("no class of " + gateway.symbolicName()
                    + " is in use, so there is nothing to leak: is a component of it active?");
        }
    }

    void assertNothingIsLeft(int updates) throws IOException, InterruptedException {
        try {
            await("old versions are gone")
                    .atMost(gateway.patience())
                    .pollInterval(Duration.ofSeconds(1))
                    .pollDelay(Duration.ZERO)
                    .until(() -> loaders.in(gateway.process()) <= installed());
        } catch (ConditionTimeoutException e) {
            Path dump = Heap.dump(gateway.process(), gateway.symbolicName());
            throw new AssertionError(
                    "after " + updates + " updates " + loaders.in(gateway.process()) + " class loaders of "
                            + gateway.symbolicName() + " are in memory and " + installed()
                            + " of its versions installed. Something that outlives the"
                            + " bundle holds them: a thread or timer that @Deactivate does not end, a thread-local that is not removed,"
                            + " a listener that is still registered. Who it is, is to be seen in " + dump,
                    e);
        }
    }

    private long installed() throws IOException, InterruptedException {
        return gateway.process().bundles().all().stream()
                .filter(line -> line.symbolicName().equals(gateway.symbolicName()))
                .count();
    }
}
