package io.fieldgate.transport.http;

import io.fieldgate.api.gateway.Gateway;
import java.util.Hashtable;
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

    void listening(String url) {
        make(Gateway.LISTENING, "fieldgate.url", url);
    }

    void failed(String detail) {
        make(Gateway.LISTENING_FAILED, "fieldgate.detail", detail);
    }

    void withdraw() {
        made.ifPresent(ServiceRegistration::unregister);
        made = Optional.empty();
    }

    private void make(String id, String key, String value) {
        withdraw();
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(Condition.CONDITION_ID, id);
        properties.put(key, value);
        made = Optional.of(context.registerService(Condition.class, Condition.INSTANCE, properties));
    }
}
