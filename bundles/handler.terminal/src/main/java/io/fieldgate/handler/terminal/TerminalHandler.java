package io.fieldgate.handler.terminal;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.Admission;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import io.fieldgate.api.handler.SocketRole;
import io.fieldgate.api.stream.ByteLine;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** A terminal for the lines of drivers: {@code /terminal/ID}, for administrators, for what is sent there is not checked. */
@Component(service = SocketHandler.class)
@SocketPath("/terminal/*")
@SocketRole("admin")
public final class TerminalHandler implements SocketHandler {

    private static final String PREFIX = "/terminal/";

    private final Lines lines = new Lines();
    private final Map<String, Terminal> terminals = new ConcurrentHashMap<>();

    /** Made by the framework. */
    public TerminalHandler() {}

    @Reference(
            service = ByteLine.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "unbindLine")
    void bindLine(ServiceReference<ByteLine> reference, ByteLine line) {
        lines.add(reference, line);
        terminals.values().forEach(Terminal::reconnect);
    }

    void unbindLine(ServiceReference<ByteLine> reference) {
        lines.remove(reference);
    }

    @Override
    public Admission admit(SocketRequest request) {
        return line(request).matches("[a-z0-9_-]{1,64}")
                ? Admission.accept()
                : Admission.refuse(404, "the path is /terminal/ and the id of a driver");
    }

    private static String line(SocketRequest request) {
        return request.path().substring(Math.min(PREFIX.length(), request.path().length()));
    }

    @Override
    public void opened(SocketSession session) {
        Terminal terminal = new Terminal(session, line(session.request()), lines);
        terminals.put(session.id(), terminal);
        terminal.connect();
    }

    @Override
    public void received(SocketSession session, Message message) {
        Terminal terminal = terminals.get(session.id());
        if (terminal != null) {
            ByteBuffer bytes = message.bytes();
            byte[] octets = new byte[bytes.remaining()];
            bytes.get(octets);
            terminal.send(octets);
        }
    }

    @Override
    public void parked(SocketSession session) {
        release(session);
    }

    @Override
    public void closed(SocketSession session, CloseReason reason) {
        release(session);
    }

    private void release(SocketSession session) {
        Terminal terminal = terminals.remove(session.id());
        if (terminal != null) {
            terminal.close();
        }
    }
}
