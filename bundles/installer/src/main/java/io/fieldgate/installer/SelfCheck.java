package io.fieldgate.installer;

import io.fieldgate.api.gateway.Installer;
import java.util.Arrays;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** Refuses a new installer that starts but brings no installer, for nothing could replace it any more. */
final class SelfCheck implements Activation.StartCheck {

    private final BundleContext framework;
    private final String self;

    SelfCheck(BundleContext framework, String self) {
        this.framework = framework;
        this.self = self;
    }

    @Override
    public void verify(Bundle started) throws ActivationException {
        ServiceReference<?>[] services = started.getRegisteredServices();
        if (self.equals(started.getSymbolicName())
                && (services == null || Arrays.stream(services).noneMatch(this::isInstaller))) {
            throw new ActivationException("it has started but offers no " + Installer.class.getSimpleName(), null);
        }
    }

    /** Asks for the object too: a component that cannot be made has its service registered all the same. */
    private boolean isInstaller(ServiceReference<?> service) {
        List<String> types = List.of((String[]) service.getProperty(Constants.OBJECTCLASS));
        if (!types.contains(Installer.class.getName())) {
            return false;
        }
        boolean there = framework.getService(service) != null;
        framework.ungetService(service);
        return there;
    }
}
