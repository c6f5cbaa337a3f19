package io.fieldgate.transport.poll;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A client hears by server-sent events (HTML, 9.2). */
final class EventStream extends Outlet {

    private final Exchange exchange;
    private final String session;
    private final int keepaliveSeconds;
    private final ResponseWriter writer;
    private byte[] preamble;
    private boolean ended;

    /** @param greeting empty if the client goes on with its session */
    EventStream(Exchange exchange, Outbound outbound, Cursor from, Optional<Greeting> greeting, Settings settings)
            throws IOException {
        super(outbound, from.number());
        this.exchange = exchange;
        session = from.session();
        keepaliveSeconds = settings.keepaliveSeconds();
        writer = new ResponseWriter(exchange.context(), exchange.response().getOutputStream(), this);
        preamble = greeting.map(EventStream::first).orElse(Forms.COMMENT);
    }

    @Override
    boolean acknowledges() {
        return false;
    }

    @Override
    boolean isEager() {
        return preamble.length > 0;
    }

    @Override
    boolean isSpent() {
        return ended;
    }

    @Override
    void begin() {
        exchange.describe(PollRequest.STREAM);
        writer.start();
    }

    @Override
    void write(List<Message> batch, long before, CloseReason end) {
        List<byte[]> parts = new ArrayList<>(2 * batch.size() + 2);
        if (isEager()) {
            parts.add(preamble);
            preamble = new byte[0];
        }
        long number = before;
        for (Message message : batch) {
            number++;
            parts.add(Forms.ascii("id: " + session + '.' + number + '\n'));
            parts.add(Forms.event(message));
        }
        if (end != null) {
            parts.add(Forms.closeEvent(end));
            ended = true;
        }
        writer.write(parts, ended);
    }

    @Override
    void idle() {
        if (quiet() >= keepaliveSeconds) {
            keepAlive();
        }
    }

    @Override
    void supersede() {
        writer.end();
    }

    @Override
    void refuse(Refusal refusal) {
        exchange.refuse(refusal);
    }

    private void keepAlive() {
        preamble = Forms.COMMENT;
        give(List.of(), null);
    }

    private static byte[] first(Greeting greeting) {
        return Forms.utf8("retry: 1000\n\nid: " + greeting.session() + ".0\nevent: session\ndata: {\"session\":\""
                + greeting.session() + '"' + greeting.members() + "}\n\n");
    }
}
