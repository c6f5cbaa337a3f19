package io.fieldgate.testkit;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.data.User;
import io.fieldgate.api.handler.SocketHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the author of a handler tells {@link SocketHandlerContract} of it. */
abstract class HandlerSubject {

    /**
     * Makes a handler as the gateway would have it, with fakes for what it needs.
     *
     * @return a new handler at each call; of two of one test the second is the successor of the first
     */
    protected abstract SocketHandler handler();

    /**
     * What a client says that the handler understands. The messages are sent more than once, and in turns that begin with
     * any of them.
     *
     * @return at least two messages; unless overridden, short texts
     */
    protected List<Message> messages() {
        return List.of(Message.text("hello"), Message.text("{\"n\":1}"), Message.text("bye"));
    }

    /**
     * How a client asks for a session.
     *
     * @return unless overridden, a request that fits what the handler declares: its path, subprotocols and role
     */
    protected SocketRequest.Builder request() {
        HandlerProperties declared = declared();
        return SocketRequest.builder(declared.examplePath())
                .transport("test")
                .remoteAddress("192.0.2.1:50000")
                .subprotocols(declared.subprotocols())
                .user(new User("tester", declared.role()));
    }

    /**
     * The service properties of the handler.
     *
     * @return unless overridden, what its bundle says of the component: {@code OSGI-INF} on the class path. To be overridden
     *     for a handler that is published in another way
     */
    protected Map<String, Object> properties() {
        return Component.of(handler().getClass())
                .orElseThrow(() -> new AssertionError(handler().getClass().getName()
                        + " is no component of a bundle on the class path: is it annotated with @Component, and does the build"
                        + " run bnd-maven-plugin? If it is published in another way, override properties()"))
                .properties();
    }

    /**
     * Tells whether the answers to the same messages are always the same, whoever else is connected.
     *
     * @return true unless overridden; false leaves out the comparison that shows that sessions do not mix
     */
    protected boolean answersAlike() {
        return true;
    }

    /**
     * Makes something happen of which the handler would tell its sessions: a sample comes, a timer ends. Unless overridden,
     * nothing.
     */
    protected void stir() {}

    /** Waits until threads of the handler's own have done what it gave them. Unless overridden, nothing. */
    protected void settle() {}

    /**
     * How long one callback may take, and an answer may take to come.
     *
     * @return unless overridden, 5 s
     */
    protected Duration limit() {
        return Duration.ofSeconds(5);
    }

    final HandlerUnderTest newHandler() {
        return new HandlerUnderTest(handler(), limit());
    }

    final HandlerProperties declared() {
        return new HandlerProperties(properties());
    }

    final FakeSession.Builder session() {
        FakeSession.Builder builder = FakeSession.builder(request());
        declared().subprotocols().stream().findFirst().ifPresent(builder::subprotocol);
        return builder;
    }
}
