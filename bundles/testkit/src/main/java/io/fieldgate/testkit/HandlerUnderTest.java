package io.fieldgate.testkit;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.handler.Admission;
import io.fieldgate.api.handler.SocketHandler;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/** Calls a handler as the gateway does; a callback that throws or hangs is an assertion that says which one and why. */
final class HandlerUnderTest {

    private final SocketHandler handler;
    private final Duration limit;

    HandlerUnderTest(SocketHandler handler, Duration limit) {
        this.handler = handler;
        this.limit = limit;
    }

    private interface Callback {
        void run() throws Exception;
    }

    Admission admit(SocketRequest request) {
        try {
            return Calls.within(limit, "admit", () -> handler.admit(request));
        } catch (Exception e) {
            throw new AssertionError("admit has thrown " + e + ": every request must be admitted or refused", e);
        }
    }

    void opened(FakeSession session) {
        call("opened", "the session would close with 1011", () -> handler.opened(session));
    }

    void resumed(FakeSession session) {
        call("resumed", "a session that has lived through the update would close", () -> handler.resumed(session));
    }

    void received(FakeSession session, Message message) {
        call(
                "received (" + message + ")",
                "a client can send anything; answer it, ignore it or close the session",
                () -> handler.received(session, message));
    }

    /** Brings messages in order, as long as the session is open. */
    void received(FakeSession session, List<Message> messages) {
        for (Message message : messages) {
            if (session.isOpen()) {
                received(session, message);
            }
        }
    }

    void parked(FakeSession session) {
        call(
                "parked",
                "the successor would know nothing of the session; it keeps at most 64 attributes of 64 Ki characters",
                () -> handler.parked(session));
        session.revoke();
    }

    /** Closes the session as one whose client has gone. */
    void closed(FakeSession session) {
        session.disconnect();
        CloseReason reason = session.closeReason().orElseThrow();
        call("closed", "what it had to tidy up may not be", () -> handler.closed(session, reason));
    }

    private void call(String what, String consequence, Callback callback) {
        try {
            Calls.within(limit, what, () -> {
                callback.run();
                return true;
            });
        } catch (Exception e) {
            throw new AssertionError(what + " has thrown " + e + ": " + consequence, e);
        }
    }

    /** How often a thread of its own was parked, put to sleep or made to wait during one whole session. */
    long waits(FakeSession session, List<Message> messages) {
        try {
            return Calls.within(limit, "a session", () -> {
                long before = waitsOfThisThread();
                handler.opened(session);
                messages.forEach(message -> handler.received(session, message));
                session.disconnect();
                handler.closed(session, session.closeReason().orElseThrow());
                return waitsOfThisThread() - before;
            });
        } catch (Exception e) {
            throw new AssertionError("a callback has thrown " + e, e);
        }
    }

    private static long waitsOfThisThread() {
        return ManagementFactory.getThreadMXBean()
                .getThreadInfo(Thread.currentThread().getId())
                .getWaitedCount();
    }
}
