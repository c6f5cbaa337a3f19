package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** An echo that answers after 20 ms, and not at all what it owes when it is replaced. */
@Component
@SocketPath("/forgetful")
public final class ForgetfulHandler implements SocketHandler {

    private final ExecutorService sender = Executors.newSingleThreadExecutor();
    private final Executor later = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS, sender);

    @Deactivate
    void stop() {
        sender.shutdownNow();
    }

    @Override
    public void received(SocketSession session, Message message) {
        later.execute(() -> session.send(message));
    }
}
