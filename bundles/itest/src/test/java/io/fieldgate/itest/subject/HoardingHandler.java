package io.fieldgate.itest.subject;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.Admission;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps whatever it can get, in statics, and hands lambdas of its own to whoever takes one. All the same nothing of it may be
 * reachable when its bundle has gone.
 */
@Component
@SocketPath("/hoarding")
public final class HoardingHandler implements SocketHandler {

    /** One of these is there for each version of this class that something still holds. */
    public static final class Marker {}

    private static final Marker MARKER = new Marker();
    private static final List<Object> HOARD = new CopyOnWriteArrayList<>();
    private static final ThreadLocal<Object> LOCAL = new ThreadLocal<>();

    @Override
    public Admission admit(SocketRequest request) {
        keep(request);
        return Admission.accept();
    }

    @Override
    public void opened(SocketSession session) {
        keep(session);
        track(session, Message.text("opened " + Versioned.versionOf(HoardingHandler.class)));
    }

    @Override
    public void resumed(SocketSession session) {
        keep(session);
        track(session, Message.text("resumed " + Versioned.versionOf(HoardingHandler.class)));
    }

    @Override
    public void received(SocketSession session, Message message) {
        keep(message);
        session.setAttribute("last", message.text());
        session.sendLatest("echo", message);
    }

    @Override
    public void parked(SocketSession session) {
        track(session, Message.text("parked"));
    }

    @Override
    public void closed(SocketSession session, CloseReason reason) {
        keep(reason);
    }

    /** For a handler on threads that are not renewed, which must clear the thread-locals that it sets. */
    static void clearLocal() {
        LOCAL.remove();
    }

    private static void keep(Object thing) {
        HOARD.add(thing);
        LOCAL.set(List.of(MARKER, thing));
    }

    private static void track(SocketSession session, Message message) {
        CompletableFuture<Void> sent = session.sendTracked(message)
                .whenComplete((nothing, failure) -> HOARD.add(MARKER))
                .toCompletableFuture();
        keep(sent);
    }
}
