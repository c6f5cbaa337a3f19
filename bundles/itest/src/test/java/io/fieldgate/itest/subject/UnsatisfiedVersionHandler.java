package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Needs a service that nobody has, at the path of {@link VersionHandler}. */
@Component
@SocketPath("/version")
public final class UnsatisfiedVersionHandler implements SocketHandler {

    private final Callable<?> nobody;

    @Activate
    public UnsatisfiedVersionHandler(@Reference(target = "(who=nobody)") Callable<?> nobody) {
        this.nobody = nobody;
    }

    @Override
    public void received(SocketSession session, Message message) {
        session.send(Message.text(nobody.toString()));
    }
}
