package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketNonBlocking;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a handler has gone nothing reachable from the gateway refers to its classes. */
class HandlerLeakTest {

    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingOfAHandlerIsLeftWhenItHasGone(boolean nonBlocking) {
        List<FakeLink> links = List.of(new FakeLink(), new FakeLink(), new FakeLink(), new FakeLink());
        WeakReference<ClassLoader> loader = comeAndGo(links, nonBlocking);

        ForeignLoader.awaitUnloaded(loader);

        // It went while its sessions were there, and they still are.
        assertEquals(2, bench.gateway.sessions().size());
        bench.register("/a", RecordingHandler.echo());
        links.get(0).takes(true);
        links.get(0).send("hello");
        Waiting.until(() -> links.get(0).got.contains("hello"));
    }

    @Test
    void nothingOfAHandlerIsLeftThatWentInItsOwnCall() {
        WeakReference<ClassLoader> loader = goInItsOwnCall();

        ForeignLoader.awaitUnloaded(loader);
    }

    @Test
    void aHandlerThatIsThereIsKept() {
        WeakReference<ClassLoader> loader = come();

        System.gc();

        assertNotNull(loader.get());
    }

    private WeakReference<ClassLoader> come() {
        SocketHandler handler = handler();
        assertNotSame(LeakyHandler.class, handler.getClass());
        bench.register("/a", handler);
        return new WeakReference<>(handler.getClass().getClassLoader());
    }

    private WeakReference<ClassLoader> comeAndGo(List<FakeLink> links, boolean nonBlocking) {
        SocketHandler handler = handler();
        FakeReference<SocketHandler> reference =
                bench.register(FakeReference.at("/a").with(SocketNonBlocking.NAME, nonBlocking), handler);
        links.forEach(link -> {
            link.takes(false);
            bench.connect(SocketRequest.builder("/a").build(), link);
        });
        links.get(0).send("one");
        links.get(1).send("two");
        links.get(2).send("throw");
        links.get(3).send("three");
        Waiting.until(() -> bench.gateway.handlers().get(0).errors() == 1);
        Waiting.until(() -> bench.gateway.sessions().stream()
                        .filter(s -> s.queuedMessages() == 3)
                        .count()
                == 3);
        links.get(3).hangUp();
        Waiting.until(() -> bench.gateway.handlers().get(0).sessions() == 2);
        bench.unregister(reference);
        return new WeakReference<>(handler.getClass().getClassLoader());
    }

    // Its thread is written off and replaced while the handler is on the stack.
    // The compiler cannot know that it consumes tasks.
    @SuppressWarnings("unchecked")
    private WeakReference<ClassLoader> goInItsOwnCall() {
        SocketHandler handler = handler();
        FakeReference<SocketHandler> reference = bench.register("/a", handler);
        CountDownLatch gone = new CountDownLatch(1);
        ((Consumer<Runnable>) handler).accept(() -> {
            bench.unregister(reference);
            gone.countDown();
        });
        bench.connect("/a").send("do");
        Waiting.until(gone);
        return new WeakReference<>(handler.getClass().getClassLoader());
    }

    private static SocketHandler handler() {
        return new ForeignLoader(LeakyHandler.class).make(SocketHandler.class);
    }
}
