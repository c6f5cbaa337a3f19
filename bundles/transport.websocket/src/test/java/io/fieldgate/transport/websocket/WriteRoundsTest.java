package io.fieldgate.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.junit.jupiter.api.Test;

class WriteRoundsTest {

    private final Client one = new Client();
    private final Client two = new Client();

    @Test
    void letsEveryoneGoAtTheEnd() {
        WriteRounds.begin();
        one.says("a");
        two.says("b");
        one.says("c");
        assertEquals("", one.taken());
        WriteRounds.end();
        assertEquals("ac", one.taken());
        assertEquals("b", two.taken());
    }

    @Test
    void holdsNobodyBackOutsideOfARound() {
        assertFalse(WriteRounds.hold(one.writer));
        WriteRounds.begin();
        WriteRounds.end();
        assertFalse(WriteRounds.hold(one.writer));
    }

    @Test
    void writesAtOnceWhatTheWritingLeadsTo() {
        WriteRounds.begin();
        one.afterSent = () -> two.says("b");
        one.says("a");
        WriteRounds.end();
        assertEquals("a", one.taken());
        assertEquals("b", two.taken());
    }

    @Test
    void doesNotLetOneClientsTroubleReachTheNext() {
        WriteRounds.begin();
        one.afterSent = () -> {
            throw new IllegalStateException("as a test asks for");
        };
        one.says("a");
        two.says("b");
        WriteRounds.end();
        assertEquals("b", two.taken());
    }

    @Test
    void doesNotLetOneClientsLackOfMemoryReachTheNext() {
        WriteRounds.begin();
        one.afterSent = () -> {
            throw new OutOfMemoryError("as a test asks for");
        };
        one.says("a");
        two.says("b");
        WriteRounds.end();
        assertEquals("b", two.taken());
        assertFalse(WriteRounds.hold(two.writer), "the round is over");
    }

    @Test
    void endsThoughItHasNotBegun() {
        WriteRounds.end();
        assertFalse(WriteRounds.hold(one.writer));
    }

    @Test
    void holdsBackWhoWasLetGoAndSpeaksAgain() {
        WriteRounds.begin();
        one.says("a");
        one.writer.release();
        assertEquals("a", one.taken(), "somebody else could not wait");
        one.says("b");
        assertEquals("", one.taken());
        WriteRounds.end();
        assertEquals("b", one.taken());
    }

    @Test
    void writesTheGoodbyeOfWhoIsHeldBackAtOnce() {
        WriteRounds.begin();
        one.says("a");
        one.writer.goodbye(ByteBuffer.wrap(new byte[] {'!'}));
        assertEquals("!", one.taken(), "after a goodbye nothing is fetched");
        WriteRounds.end();
        assertEquals("", one.taken());
    }

    @Test
    void letsAnotherThreadsWriteGoOn() {
        WriteRounds.begin();
        one.afterSent = () -> {
            one.afterSent = () -> {};
            // The writer is at work; it only takes word of this.
            one.says("b");
            assertEquals("a", one.taken());
        };
        one.letters.add("a");
        one.writer.flush();
        assertEquals("b", one.taken(), "whoever writes sees to it");
        WriteRounds.end();
        assertEquals("", one.taken());
    }

    @Test
    void isTheAffairOfItsThread() {
        WriteRounds.begin();
        assertTrue(WriteRounds.hold(one.writer));
        one.letters.add("a");
        CompletableFuture.runAsync(() -> {
                    two.says("b");
                    one.letters.add("c");
                    one.writer.flush();
                })
                .join();
        assertEquals("b", two.taken());
        assertEquals("ac", one.taken());
        WriteRounds.end();
        assertEquals("", one.taken());
    }

    private static final class Client implements OutboundWriter.Source {

        final Queue<String> letters = new ArrayDeque<>();
        final ByteArrayEndPoint endPoint = new ByteArrayEndPoint(new byte[0], 100);
        final OutboundWriter writer = new OutboundWriter(endPoint, this, 100);
        Runnable afterSent = () -> {};

        Client() {
            writer.open();
        }

        /** As a session does: it flushes once, until it has been asked for everything. */
        void says(String letter) {
            boolean fetching = !letters.isEmpty();
            letters.add(letter);
            if (!fetching && !WriteRounds.hold(writer)) {
                writer.flush();
            }
        }

        String taken() {
            return endPoint.takeOutputString();
        }

        @Override
        public boolean enter() {
            return true;
        }

        @Override
        public void leave() {}

        @Override
        public Optional<ByteBuffer> next() {
            return Optional.ofNullable(letters.poll())
                    .map(letter -> ByteBuffer.wrap(letter.getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public void sent() {
            afterSent.run();
        }

        @Override
        public void goodbyeSent() {}

        @Override
        public void failed() {}
    }
}
