package io.fieldgate.transport.poll;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A client hears by a request that is answered when there is something to say. */
final class LongPoll extends Outlet {

    private static final byte[] COMMA = Forms.ascii(",");

    private final Exchange exchange;
    private final String session;
    private final Optional<Greeting> greeting;
    private final int waitSeconds;
    private final ResponseWriter writer;
    private boolean spent;

    /** @param greeting empty if the client goes on with its session */
    LongPoll(Exchange exchange, Outbound outbound, Cursor from, Optional<Greeting> greeting, Settings settings)
            throws IOException {
        super(outbound, from.number());
        this.exchange = exchange;
        this.greeting = greeting;
        session = from.session();
        waitSeconds = settings.waitSeconds();
        writer = new ResponseWriter(exchange.context(), exchange.response().getOutputStream(), this);
    }

    @Override
    boolean acknowledges() {
        return true;
    }

    @Override
    boolean isEager() {
        return greeting.isPresent();
    }

    @Override
    boolean isSpent() {
        return spent;
    }

    @Override
    void begin() {
        exchange.describe(PollRequest.POLL);
    }

    @Override
    void write(List<Message> batch, long before, CloseReason end) {
        spent = true;
        List<byte[]> parts = new ArrayList<>(2 * batch.size() + 2);
        parts.add(Forms.utf8("{\"session\":\"" + session + "\",\"cursor\":\"" + session + '.' + position() + '"'
                + greeting.map(Greeting::members).orElse("") + ",\"messages\":["));
        for (Message message : batch) {
            parts.add(Forms.element(message));
            parts.add(COMMA);
        }
        if (!batch.isEmpty()) {
            parts.remove(parts.size() - 1);
        }
        parts.add(Forms.utf8(end == null ? "]}" : "],\"close\":" + Json.close(end) + '}'));
        exchange.response()
                .setContentLengthLong(
                        parts.stream().mapToLong(part -> part.length).sum());
        writer.start();
        writer.write(parts, true);
    }

    @Override
    void idle() {
        if (quiet() >= waitSeconds) {
            give(List.of(), null);
        }
    }

    /** Answers that there is nothing new. */
    @Override
    void supersede() {
        if (!spent) {
            give(List.of(), null);
        }
    }

    @Override
    void refuse(Refusal refusal) {
        exchange.refuse(refusal);
    }
}
