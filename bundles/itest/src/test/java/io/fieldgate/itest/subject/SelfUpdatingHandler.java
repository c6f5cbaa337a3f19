package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Component;

/** Replaces its own bundle by the file that a client names, from within the callback. */
@Component
@SocketPath("/self-updating")
public final class SelfUpdatingHandler implements SocketHandler {

    @Override
    public void resumed(SocketSession session) {
        session.send(Message.text("resumed " + Versioned.versionOf(SelfUpdatingHandler.class)));
    }

    @Override
    public void received(SocketSession session, Message message) {
        if (!message.text().startsWith("update ")) {
            session.send(Message.text(message.text() + ' ' + Versioned.versionOf(SelfUpdatingHandler.class)));
            return;
        }
        try (InputStream jar = Files.newInputStream(Path.of(message.text().substring(7)))) {
            FrameworkUtil.getBundle(SelfUpdatingHandler.class).update(jar);
        } catch (IOException | BundleException e) {
            throw new IllegalStateException("cannot update myself", e);
        }
    }
}
