package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Writes down which bundles start and stop, and which bundles' components come and go; asked by a message, it says what it has written
 * down since it was asked last, and which bundles are there.
 */
@Component
@SocketPath("/recorder")
public final class RecorderHandler implements SocketHandler {

    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private final SynchronousBundleListener bundles = this::changed;
    private final BundleContext context;

    @Activate
    public RecorderHandler(BundleContext context) {
        this.context = context;
        context.addBundleListener(bundles);
        context.addServiceListener(this::changed);
    }

    @Deactivate
    void stop() {
        context.removeBundleListener(bundles);
    }

    @Override
    public void received(SocketSession session, Message message) {
        StringBuilder text = new StringBuilder();
        for (String event = events.poll(); event != null; event = events.poll()) {
            text.append(event).append('\n');
        }
        session.send(Message.text(text.toString()));
    }

    private void changed(BundleEvent event) {
        if (event.getType() == BundleEvent.STARTED || event.getType() == BundleEvent.STOPPING) {
            String what = event.getType() == BundleEvent.STARTED ? "started " : "stopping ";
            events.add(what + event.getBundle().getSymbolicName());
        }
    }

    private void changed(ServiceEvent event) {
        Object component = event.getServiceReference().getProperty("component.name");
        if (component != null
                && (event.getType() == ServiceEvent.REGISTERED || event.getType() == ServiceEvent.UNREGISTERING)) {
            String what = event.getType() == ServiceEvent.REGISTERED ? "registered " : "unregistering ";
            events.add(what + event.getServiceReference().getBundle().getSymbolicName() + ' ' + component);
        }
    }
}
