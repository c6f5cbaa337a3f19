package io.fieldgate.launcher;

import io.fieldgate.launcher.Distributions.Link;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the start what became of an upgrade: whether this is the new distribution, to be tried, or the one before runs again. */
final class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private static final String SILENT = "it ended without a word: it was killed, has crashed, or power was lost";

    private final Distributions distributions;
    private final Distribution running;

    /** @param running the distribution of this process, which holds the home's lock */
    Settlement(Distributions distributions, Distribution running) {
        this.distributions = distributions;
        this.running = running;
    }

    /**
     * Does it.
     *
     * @return the name of this distribution, if it is tried
     */
    Optional<String> settle() {
        if (!distributions.exist()) {
            return Optional.empty();
        }
        try {
            return settleLinks();
        } catch (IOException e) {
            LOG.error("{} cannot be brought into order", distributions.folder(), e);
            return Optional.empty();
        }
    }

    private Optional<String> settleLinks() throws IOException {
        String self = distributions.idOf(running.root());
        if (self.equals(Distributions.FACTORY) && isAnother()) {
            LOG.warn(
                    "the distribution in {} is another one than the upgrades in {} were made on top of: it runs, and they go",
                    running.root(),
                    distributions.folder());
            distributions.forget();
        }
        distributions.recover();
        Optional<String> tried = distributions.target(Link.TRIED);
        boolean onTrial = tried.isPresent() && tried.get().equals(self);
        if (onTrial) {
            LOG.info("{} is tried, in place of {}", self, distributions.current());
        } else {
            if (tried.isPresent()) {
                giveUp(tried.get());
            }
            dropBroken(self);
        }
        distributions.collect(self, HomeLock.isHeld(distributions.lock()));
        return onTrial ? tried : Optional.empty();
    }

    private boolean isAnother() throws IOException {
        Optional<String> base = distributions.factoryBuild();
        return base.isPresent() && !base.get().equals(running.build());
    }

    private void giveUp(String tried) throws IOException {
        UpgradeOutcome outcome = UpgradeOutcome.read(distributions.outcome(), tried)
                .filter(known -> !known.kept())
                .orElseGet(() -> new UpgradeOutcome(tried, false, SILENT));
        outcome.write(distributions.outcome());
        distributions.remove(Link.TRIED);
        LOG.error("the upgrade to {} has failed, {} runs again: {}", tried, distributions.current(), outcome.reason());
    }

    /** The factory's distribution runs though another is current only if that could not be started. */
    private void dropBroken(String self) throws IOException {
        String current = distributions.current();
        if (self.equals(Distributions.FACTORY) && !current.equals(self)) {
            LOG.error(
                    "{} is not whole, so it is not current any more: the distribution in {} runs",
                    distributions.root(current),
                    running.root());
            distributions.remove(Link.CURRENT);
        }
    }

    /**
     * Looks, when a start has failed, whether the distribution is damaged. Then it is current no more, and the next start is one of the
     * factory's, which is better than none.
     */
    void doubt() {
        try {
            String self = distributions.idOf(running.root());
            if (!self.equals(Distributions.FACTORY) && self.equals(distributions.current()) && isDamaged()) {
                distributions.remove(Link.CURRENT);
            }
        } catch (IOException e) {
            LOG.error("{} cannot be brought into order", distributions.folder(), e);
        }
    }

    private boolean isDamaged() {
        try {
            running.check();
            return false;
        } catch (IOException e) {
            LOG.error("{} is damaged, so it is not current any more", running.root(), e);
            return true;
        }
    }
}
