package io.fieldgate.transport.websocket;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.Entry;
import io.fieldgate.api.gateway.LinkedSession;
import io.fieldgate.api.transport.SocketLink;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client between its session and its connection: demand and messages on the way in, frames on the way out, the closing
 * handshake (RFC 6455, 7), and the time-outs.
 *
 * <p><b>How it ends.</b> Whoever is first gives the reason: the session, the client's close frame, a breach of the protocol,
 * a time-out. The close frame goes out, the output is shut, and what the client still sends is read and thrown away until
 * it closes too; at most 5 s or 64 MiB. If it was something that the client has sent, the 5 s begin anew with all that it still
 * sends, 60 s at most, so that on a slow line too it comes to the close frame. Were the connection closed at once, unread bytes would make a reset of it, and the
 * reset would overtake the close frame.
 */
final class WebSocketLink implements SocketLink, FrameParser.Receiver, OutboundWriter.Source {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketLink.class);

    private static final CloseReason UNFINISHED =
            new CloseReason(CloseReason.POLICY, "a message took too long to come");
    private static final CloseReason NO_MEMORY = new CloseReason(CloseReason.TRY_AGAIN_LATER, "no memory");

    /** So many messages are dealt with before what they lead to is written: as many as fit into one write. */
    private static final int MESSAGES_PER_ROUND = OutboundWriter.MAX_FRAMES;

    private final WebSocketConnection connection;
    private final Shared shared;
    private final Function<Message, ByteBuffer> encoder;
    private final MessageAssembler assembler;
    private final FrameParser parser;
    private final OutboundWriter writer;
    private final Vitals vitals;
    /** Null if the client may send as fast as it can. */
    private final MessageRate rate;

    private final Gate gate = new Gate(this::over);
    private final AtomicReference<CloseReason> ending = new AtomicReference<>();

    private volatile LinkedSession session;
    private volatile boolean demanded;

    // Of use to the reading thread only.
    /** What the client's close frame said. */
    private Optional<CloseReason> said = Optional.empty();

    private int roundLeft = MESSAGES_PER_ROUND;

    WebSocketLink(WebSocketConnection connection, Shared shared, SessionTerms terms) {
        this.connection = connection;
        this.shared = shared;
        encoder = shared.compression().encoder(terms.deflate());
        assembler = new MessageAssembler(terms.maxMessageBytes(), shared.compression(), shared.buffers());
        parser = new FrameParser(assembler, terms.deflate().agreed(), this);
        writer = new OutboundWriter(
                connection.getEndPoint(), this, shared.settings().writeBatchBytes());
        vitals = new Vitals(shared.settings(), shared.heartbeat().now());
        rate = terms.limited() ? new MessageRate(shared.settings().messagesPerSecond(), System::nanoTime) : null;
    }

    // The session's side.

    /** Makes the session; false if the transport is about to stop. Nothing goes out before {@link #opened}. */
    boolean open(Entry.Granted granted) {
        if (!shared.links().add(this)) {
            return false;
        }
        try {
            session = granted.open(this);
        } catch (RuntimeException e) {
            shared.links().remove(this);
            throw e;
        }
        return true;
    }

    @Override
    public void demand() {
        vitals.heard(shared.heartbeat().now());
        demanded = true;
        connection.resume();
    }

    /** Writes soon: at the end of this thread's round if it is in one, unless it asks twice. */
    @Override
    public void flush() {
        if (!WriteRounds.hold(writer)) {
            writer.flush();
        }
    }

    @Override
    public void close(CloseReason reason) {
        end(reason, false);
    }

    private void end(CloseReason reason, boolean patiently) {
        if (ending.compareAndSet(null, reason)) {
            vitals.ending(shared.heartbeat().now(), patiently);
            writer.goodbye(CloseFrame.of(reason));
            connection.resume();
        }
    }

    // The connection's side.

    /** The client has been told that it is in: lets out what was held back. */
    void opened() {
        vitals.heard(shared.heartbeat().now());
        writer.open();
    }

    /** Tells whether what is read goes nowhere any more. */
    boolean isEnding() {
        return ending.get() != null;
    }

    /** Something was read that goes nowhere. */
    void drained() {
        vitals.heard(shared.heartbeat().now());
    }

    /** Tells whether there is any use in bytes that hold a message. */
    boolean takesBytes() {
        return demanded || isEnding();
    }

    /** Deals with what was read as far as there is demand, and leaves the rest. */
    void take(ByteBuffer in) {
        vitals.heard(shared.heartbeat().now());
        if (!gate.enter()) {
            return;
        }
        try {
            boolean goesOn = true;
            while (goesOn) {
                parseRound(in).ifPresent(this::endPatiently);
                // Only now, when there is room in its queue again, may the session have asked for more.
                goesOn = in.hasRemaining() && takesMessage();
            }
            vitals.read(shared.heartbeat().now(), assembler.isBegun());
        } finally {
            gate.leave();
        }
    }

    private void endPatiently(CloseReason reason) {
        assembler.reset(); // nothing is parsed any more, and the client may take its time
        end(reason, true);
    }

    /** The connection has ended, or never began. */
    void ended() {
        gate.shut();
    }

    /** Ends the connection without another word. */
    void cut() {
        connection.close();
    }

    /** A second has passed. */
    void beat(int now) {
        switch (vitals.check(now, demanded)) {
            case PING -> flushIf(writer.control(Frames.ping()));
            case CLOSE_WITHOUT_PONG -> close(new CloseReason(CloseReason.GOING_AWAY, "no answer to a ping"));
            case CLOSE_IDLE -> close(new CloseReason(CloseReason.GOING_AWAY, "idle"));
            case CLOSE_UNFINISHED -> close(UNFINISHED);
            case CUT -> cut();
            case NOTHING -> {}
        }
        flushIf(writer.latePong(now));
        if (writer.isHeld()) {
            // A round is short, but a handler that breaks its promise may block in one. What was said before need not
            // wait
            // for that. On another thread, for what the writing leads to may be the same handler's code.
            connection.execute(writer::release);
        }
    }

    private void flushIf(boolean needed) {
        if (needed) {
            flush();
        }
    }

    /** Parses some messages; what they lead to is written after the last. */
    private Optional<CloseReason> parseRound(ByteBuffer in) {
        try {
            return parse(in);
        } finally {
            WriteRounds.end();
            roundLeft = MESSAGES_PER_ROUND;
        }
    }

    /** Parses, and tells why the connection has to end, if it has to. */
    private Optional<CloseReason> parse(ByteBuffer in) {
        try {
            WriteRounds.begin();
            parser.parse(in);
            return said;
        } catch (ProtocolBreach e) {
            LOG.debug("{}: {}", this, e.getMessage());
            return Optional.of(e.reason());
        } catch (RuntimeException e) {
            // The session's own code: a connection that nobody looks after any more must not stay.
            LOG.error("{}: a message was not taken", this, e);
            return Optional.of(new CloseReason(CloseReason.INTERNAL_ERROR, ""));
        } catch (OutOfMemoryError e) {
            LOG.warn("{}: there is no memory for what it sends", this);
            return Optional.of(NO_MEMORY);
        }
    }

    private void over() {
        shared.links().remove(this);
        assembler.reset();
        CloseReason reason = ending.get();
        session.closed(reason == null ? new CloseReason(CloseReason.ABNORMAL, "") : reason);
    }

    // The parser's side.

    @Override
    public boolean takesMessage() {
        return demanded && roundLeft > 0 && !isEnding();
    }

    @Override
    public void message(Message message) throws ProtocolBreach {
        count();
        vitals.whole();
        demanded = false;
        roundLeft--;
        session.received(message);
    }

    @Override
    public void ping(byte[] payload) throws ProtocolBreach {
        count();
        flushIf(writer.pong(payload, shared.heartbeat().now()));
    }

    @Override
    public void trifle() throws ProtocolBreach {
        count();
    }

    private void count() throws ProtocolBreach {
        if (rate != null && !rate.take(shared.heartbeat().now())) {
            throw new ProtocolBreach(
                    CloseReason.POLICY,
                    "more than " + shared.settings().messagesPerSecond() + " messages a second (messages.per.s)");
        }
    }

    @Override
    public void closed(CloseReason reason) {
        said = Optional.of(reason);
    }

    // The writer's side.

    @Override
    public boolean enter() {
        return gate.enter();
    }

    @Override
    public void leave() {
        gate.leave();
    }

    @Override
    public Optional<ByteBuffer> next() {
        try {
            return session.next().map(encoder);
        } catch (OutOfMemoryError e) {
            // A great message's frame is one large array. That it cannot be had is for this client to bear, and nobody
            // else.
            LOG.warn("{}: there is no memory for what it is sent", this);
            close(NO_MEMORY);
            return Optional.empty();
        }
    }

    @Override
    public void sent() {
        vitals.wrote(shared.heartbeat().now());
        session.sent();
    }

    @Override
    public void goodbyeSent() {
        connection.getEndPoint().shutdownOutput();
    }

    @Override
    public void failed() {
        cut();
    }

    /** The session's id, for the log. */
    @Override
    public String toString() {
        LinkedSession now = session;
        return now == null ? "a session not yet open" : "session " + now.id();
    }
}
