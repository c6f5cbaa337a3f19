package io.fieldgate.installer;

import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** In a test bundle: registers a text that says which version runs. */
public final class GreetingActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("greeting", context.getBundle().getSymbolicName());
        context.registerService(String.class, context.getBundle().getVersion().toString(), properties);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework unregisters the text.
    }
}
