package io.fieldgate.config;

import io.fieldgate.api.gateway.ConfigurationTrial;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of a device that is tried once, as an instance of its own with a driver id of its own. */
final class FileTrial implements ConfigurationTrial {

    private static final Logger LOG = LoggerFactory.getLogger(FileTrial.class);
    private static final String DRIVER = "fieldgate.driver.id";

    /** What an id can have at most. */
    private static final int ID_CHARACTERS = 64;

    private final Means means;
    private final Target target;
    private final Map<String, Object> values;
    private final Runnable whenClosed;

    private FileTrial(Means means, Target target, Map<String, Object> values, Runnable whenClosed) {
        this.means = means;
        this.target = target;
        this.values = values;
        this.whenClosed = whenClosed;
    }

    /**
     * Begins a trial.
     *
     * @param file the name of the file
     * @param declared what it configures
     * @param checked what it says
     * @throws IllegalArgumentException if it configures no device
     */
    static FileTrial begin(Means means, String file, Target declared, Map<String, Object> checked, Runnable whenClosed)
            throws IOException {
        if (declared.instance().isEmpty()) {
            throw new IllegalArgumentException(
                    "only the file of a device can be tried, <factory pid>-<name>.cfg; this one configures "
                            + declared.base());
        }
        if (!(checked.get(DRIVER) instanceof String id)) {
            throw new IllegalArgumentException("only the file of a device can be tried; this one has no " + DRIVER);
        }
        String own = MARK + id;
        Map<String, Object> values = new TreeMap<>(checked);
        values.put(DRIVER, own.substring(0, Math.min(ID_CHARACTERS, own.length())));
        Target target = new Target(declared.base(), MARK + declared.instance(), declared.bundle(), declared.schema());
        means.store().update(target.pid(), MARK + file, values);
        LOG.info("{} is tried once, as {}", file, target.pid());
        return new FileTrial(means, target, values, whenClosed);
    }

    @Override
    public String driver() {
        return (String) values.get(DRIVER);
    }

    @Override
    public Optional<String> failure() {
        ComponentProbe.Sight sight = means.probe().look(target, values);
        return sight.state() == ComponentProbe.State.FAILED ? Optional.of(sight.reason()) : Optional.empty();
    }

    @Override
    public void close() {
        try {
            means.store().delete(target.pid());
        } catch (IOException e) {
            LOG.error("{} cannot be taken away; it goes with the next start of the gateway", target.pid(), e);
        } finally {
            whenClosed.run();
        }
    }
}
