package io.fieldgate.installer;

import java.util.Dictionary;
import java.util.Hashtable;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** In a test bundle: registers itself as a health check that is never well. */
public final class DryCheck implements BundleActivator, HealthCheck {

    @Override
    public void start(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(HealthCheck.NAME, "dry");
        properties.put(HealthCheck.TAGS, new String[] {"update"});
        context.registerService(HealthCheck.class, this, properties);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework unregisters the check.
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        log.info("looked at {}", "the pump");
        log.critical("{} runs dry", "the pump");
        return new Result(log);
    }
}
