package io.fieldgate.handler.live;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.gateway.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What the protocol's operations do for one session. Called by one thread at a time. */
final class LiveSession {

    private static final String OPS = "devices, read, subscribe, unsubscribe, write";

    private final SocketSession session;
    private final Fanout fanout;
    private final Points points;
    private final Writes writes;
    private final Pending pending = new Pending();
    private Subscriber subscriber;

    LiveSession(SocketSession session, Fanout fanout, Writes writes) {
        this.session = session;
        this.fanout = fanout;
        this.writes = writes;
        this.points = fanout.points();
    }

    /** Answers a request. Nothing that a client sends ends the session. */
    void received(Message message) {
        try {
            answer(Request.parse(message));
        } catch (RequestException e) {
            session.send(LiveJson.error(e.id(), e.code(), e.getMessage()));
        }
    }

    private void answer(Request request) throws RequestException {
        try {
            switch (request.op()) {
                case "devices" ->
                    session.send(LiveJson.ok(request.id(), json -> LiveJson.writeDevices(json, points.devices())));
                case "read" -> read(request);
                case "write" -> write(request);
                case "subscribe" -> subscribe(request);
                case "unsubscribe" -> unsubscribe(request);
                default ->
                    throw new RequestException(request.id(), RequestException.UNKNOWN_OP, "the operations are " + OPS);
            }
        } catch (PointException e) {
            throw new RequestException(request.id(), e.reason().id(), e.getMessage());
        }
    }

    private void read(Request request) throws RequestException, PointException {
        List<PointId> wanted = request.points();
        for (PointId point : wanted) {
            info(point);
        }
        long ticket = ticket(request);
        CompletionStage<List<Sample>> read = CompletableFuture.completedFuture(new ArrayList<>());
        for (PointId point : wanted) {
            read = read.thenCombine(points.refresh(point), (samples, sample) -> {
                samples.add(sample);
                return samples;
            });
        }
        read.whenComplete((samples, failure) -> complete(
                ticket,
                request.id(),
                failure,
                () -> LiveJson.ok(request.id(), json -> LiveJson.writeSamples(json, samples))));
    }

    private void write(Request request) throws RequestException, PointException {
        Writes.Prepared prepared = prepared(request);
        long ticket = ticket(request);
        writes.write(prepared)
                .whenComplete((sample, failure) -> complete(
                        ticket,
                        request.id(),
                        failure,
                        () -> LiveJson.ok(request.id(), json -> {
                            json.writeObjectFieldStart("sample");
                            LiveJson.writeSample(json, sample);
                            json.writeEndObject();
                        })));
    }

    private Writes.Prepared prepared(Request request) throws RequestException, PointException {
        PointId point = request.point();
        Write by = Write.by(session);
        return Writes.refuses(points.info(point), by)
                ? Writes.refused(point, by)
                : Writes.prepare(info(point), request, by, Optional.of(session));
    }

    private PointInfo info(PointId point) throws PointException {
        return points.info(point)
                .orElseThrow(() ->
                        new PointException(PointException.Reason.UNKNOWN_POINT, "no device has the point " + point));
    }

    private long ticket(Request request) throws PointException {
        OptionalLong ticket = pending.add(request.id());
        return ticket.orElseThrow(() -> new PointException(
                PointException.Reason.BUSY, "at most " + Pending.MAX + " requests of a session can wait for hardware"));
    }

    private void complete(long ticket, String id, Throwable failure, Supplier<Message> answer) {
        if (!pending.claim(ticket)) {
            return;
        }
        if (failure == null) {
            session.send(answer.get());
        } else {
            PointException reason = Failure.of(failure);
            session.send(LiveJson.error(id, reason.reason().id(), reason.getMessage()));
        }
    }

    private void subscribe(Request request) throws RequestException {
        Selection selection = new Selection(request.filters(), request.mode());
        OptionalLong since = request.since();
        String epoch = request.epoch().orElse("");
        Position position = since.isPresent() ? fanout.position(selection, since.getAsLong(), epoch) : Position.START;
        leave();
        session.send(LiveJson.ok(request.id(), json -> {
            json.writeStringField("epoch", points.epoch());
            if (since.isPresent() && position.snapshot()) {
                json.writeBooleanField("resumed", false);
            }
        }));
        join(selection, position);
    }

    private void join(Selection selection, Position position) {
        subscriber = fanout.join(selection, position, update -> session.sendTracked(update.message()));
    }

    private void unsubscribe(Request request) {
        leave();
        session.send(LiveJson.ok(request.id(), json -> {}));
    }

    /** Ends the subscription, if there is one. */
    void leave() {
        if (subscriber != null) {
            fanout.leave(subscriber);
            subscriber = null;
        }
    }

    /** Leaves behind what the next version of this handler needs to go on. */
    void park() {
        Handover.leave(session, pending.claimAll());
        if (subscriber != null) {
            Handover.leave(session, subscriber.group().selection(), fanout.leave(subscriber));
            subscriber = null;
        }
    }

    /** Goes on where the version before has left off. */
    void resume() {
        for (String id : Handover.takePending(session)) {
            session.send(LiveJson.error(
                    id,
                    RequestException.INTERRUPTED,
                    "the gateway was updated while this request waited; whether the device has done it is not known"));
        }
        Handover.takeSubscription(session).ifPresent(left -> join(left.selection(), left.position()));
    }
}
