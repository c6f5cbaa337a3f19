package io.fieldgate.transport.http;

import io.fieldgate.api.gateway.Gateway;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.condition.Condition;

/**
 * Tells the gateway that the port is open, or why it is not, as a condition; never both.
 *
 * <p>Not for use by several threads at once.
 */
final class Announcement {

    private final BundleContext context;
    private Optional<ServiceRegistration<Condition>> made = Optional.empty();

    Announcement(BundleContext context) {
        this.context = context;
    }

    /** @param others addresses of further listeners */
    void listening(String url, List<String> others) {
        List<String> urls = new ArrayList<>(List.of(url));
        urls.addAll(others);
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("fieldgate.url", url);
        properties.put("fieldgate.urls", urls.toArray(String[]::new));
        if (made.isPresent() && url.equals(made.get().getReference().getProperty("fieldgate.url"))) {
            properties.put(Condition.CONDITION_ID, Gateway.LISTENING);
            made.get().setProperties(properties);
        } else {
            make(Gateway.LISTENING, properties);
        }
    }

    void failed(String detail) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("fieldgate.detail", detail);
        make(Gateway.LISTENING_FAILED, properties);
    }

    void withdraw() {
        made.ifPresent(ServiceRegistration::unregister);
        made = Optional.empty();
    }

    private void make(String id, Hashtable<String, Object> properties) {
        withdraw();
        properties.put(Condition.CONDITION_ID, id);
        made = Optional.of(context.registerService(Condition.class, Condition.INSTANCE, properties));
    }
}
