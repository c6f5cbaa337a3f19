package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import org.osgi.service.component.annotations.Component;

/** Says how many callbacks of {@link BlockingHandler} are blocked, lets them go on, or has them block again. */
@Component
@SocketPath("/blocking/release")
public final class ReleaseHandler implements SocketHandler {

    @Override
    public void received(SocketSession session, Message message) {
        session.send(Message.text(answer(message.text())));
    }

    private static String answer(String question) {
        switch (question) {
            case "go on" -> BlockingHandler.letGo();
            case "block again" -> BlockingHandler.blockAgain();
            default -> {
                return Integer.toString(BlockingHandler.blocked());
            }
        }
        return "done";
    }
}
