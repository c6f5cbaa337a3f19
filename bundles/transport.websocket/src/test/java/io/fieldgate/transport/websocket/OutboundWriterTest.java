package io.fieldgate.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** Writes letters instead of frames: the writer does not look into them. */
class OutboundWriterTest {

    private static final int BATCH = 1024;

    private final RecordingEndPoint endPoint = new RecordingEndPoint(1 << 16);
    private final Letters letters = new Letters();
    private final OutboundWriter writer = new OutboundWriter(endPoint, letters, BATCH);

    @Test
    void holdsEverythingBackUntilTheClientIsIn() {
        letters.queue.add("a");
        writer.flush();
        writer.control(bytes("c"));
        assertEquals("", endPoint.taken());
        writer.open();
        assertEquals("ca", endPoint.taken());
    }

    @Test
    void gathersWhatIsThereIntoOneWrite() {
        letters.queue.addAll(List.of("a", "b", "c"));
        writer.open();
        assertEquals(List.of(3), endPoint.writes);
        assertEquals("abc", endPoint.taken());
        assertEquals(3, letters.sent);
    }

    @Test
    void boundsAWriteInFrames() {
        for (int i = 0; i < OutboundWriter.MAX_FRAMES + 1; i++) {
            letters.queue.add("a");
        }
        writer.open();
        assertEquals(List.of(OutboundWriter.MAX_FRAMES, 1), endPoint.writes);
    }

    @Test
    void boundsAWriteInBytes() {
        letters.queue.addAll(List.of("a".repeat(BATCH - 1), "bb", "c"));
        writer.open();
        assertEquals(List.of(BATCH, 2), endPoint.writes);
        assertEquals("a".repeat(BATCH - 1) + "bbc", endPoint.taken());
        assertEquals(3, letters.sent);
    }

    @Test
    void writesALargeFrameInSlicesWithNothingBetween() {
        letters.queue.add("a".repeat(2 * BATCH) + "b");
        letters.beforeNext = () -> writer.control(bytes("c"));
        writer.open();
        assertEquals("a".repeat(2 * BATCH) + "bc", endPoint.taken());
        assertEquals(1, letters.sent);
    }

    @Test
    void writesWhatWasHeldBackInOneWrite() {
        writer.open();
        assertTrue(writer.hold());
        letters.queue.addAll(List.of("a", "b", "c"));
        assertFalse(writer.control(bytes("d")), "whoever holds it back writes");
        assertEquals(List.of(), endPoint.writes);
        writer.release();
        assertEquals(List.of(4), endPoint.writes);
        assertEquals("dabc", endPoint.taken());
    }

    @Test
    void isNotHeldBackFromWhoeverHasSomethingToBeWritten() {
        writer.open();
        assertTrue(writer.hold());
        letters.queue.add("a");
        writer.flush();
        assertEquals("a", endPoint.taken());
        letters.queue.add("b");
        writer.release();
        assertEquals("", endPoint.taken(), "it was held back no more");
        assertTrue(writer.hold());
        writer.goodbye(bytes("bye"));
        assertEquals("bye", endPoint.taken());
        assertEquals(1, letters.goodbyes);
    }

    @Test
    void letsControlFramesJumpTheQueue() {
        RecordingEndPoint narrow = new RecordingEndPoint(4);
        OutboundWriter blocked = new OutboundWriter(narrow, letters, BATCH);
        letters.queue.add("aaaaaa");
        blocked.open();
        letters.queue.add("b");
        blocked.flush();
        assertTrue(blocked.control(bytes("c")));
        assertFalse(blocked.hold(), "a write is on its way");
        assertEquals("aaaaaacb", narrow.taken());
        assertEquals(2, letters.sent);
    }

    @Test
    void reportsAFrameWhenItsLastByteHasLeft() {
        RecordingEndPoint narrow = new RecordingEndPoint(4);
        OutboundWriter blocked = new OutboundWriter(narrow, letters, BATCH);
        letters.queue.add("aaaaaa");
        blocked.open();
        assertEquals(0, letters.sent);
        narrow.taken();
        assertEquals(1, letters.sent);
    }

    @Test
    void saysGoodbyeAfterWhatWasFetchedAndNothingElse() {
        RecordingEndPoint narrow = new RecordingEndPoint(4);
        OutboundWriter blocked = new OutboundWriter(narrow, letters, BATCH);
        letters.queue.add("aaaaaa");
        blocked.open();
        letters.queue.add("never");
        blocked.goodbye(bytes("bye"));
        assertEquals("aaaaaabye", narrow.taken());
        blocked.flush();
        blocked.control(bytes("c"));
        blocked.flush();
        assertEquals("", narrow.taken());
        assertEquals(1, letters.goodbyes);
        assertEquals(1, letters.sent);
    }

    @Test
    void keepsOnlyTheLatestControlFramesOfAClientThatDoesNotRead() {
        for (int i = 0; i < ControlQueue.MAX_FRAMES; i++) {
            writer.control(bytes("o"));
        }
        writer.control(bytes("n"));
        writer.open();
        assertEquals("o".repeat(ControlQueue.MAX_FRAMES - 1) + "n", endPoint.taken());
    }

    @Test
    void writesNothingWhenTheSourceHasGone() {
        letters.queue.add("a");
        letters.gone = true;
        writer.open();
        writer.flush();
        assertEquals("", endPoint.taken());
    }

    @Test
    void tellsThatAWriteHasFailed() {
        endPoint.close();
        letters.queue.add("a");
        writer.open();
        assertEquals(1, letters.failures);
        assertEquals(0, letters.sent);
    }

    @Test
    void keepsTheOrderOfManyThreads() throws InterruptedException {
        writer.open();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (int k = 0; k < 5000; k++) {
                    letters.queue.add("a");
                    writer.flush();
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(20_000);
        }
        assertEquals(20_000, letters.sent);
        assertEquals(20_000, endPoint.taken().length());
    }

    private static ByteBuffer bytes(String ascii) {
        return ByteBuffer.wrap(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** Notes how each write was made up: frames if they are single letters, else bytes. */
    private static final class RecordingEndPoint extends ByteArrayEndPoint {

        final List<Integer> writes = new ArrayList<>();

        RecordingEndPoint(int room) {
            super(new byte[0], room);
        }

        @Override
        public void write(Callback callback, ByteBuffer... buffers) {
            int bytes = 0;
            for (ByteBuffer buffer : buffers) {
                bytes += buffer.remaining();
            }
            synchronized (writes) {
                writes.add(bytes);
            }
            super.write(callback, buffers);
        }

        /** All that comes while room is made. */
        String taken() {
            StringBuilder all = new StringBuilder();
            for (String some = takeOutputString(); !some.isEmpty(); some = takeOutputString()) {
                all.append(some);
            }
            return all.toString();
        }
    }

    private static final class Letters implements OutboundWriter.Source {

        final Queue<String> queue = new ConcurrentLinkedQueue<>();
        Runnable beforeNext = () -> {};
        volatile boolean gone;
        int sent;
        int goodbyes;
        int failures;

        @Override
        public boolean enter() {
            return !gone;
        }

        @Override
        public void leave() {}

        @Override
        public Optional<ByteBuffer> next() {
            beforeNext.run();
            beforeNext = () -> {};
            return Optional.ofNullable(queue.poll()).map(OutboundWriterTest::bytes);
        }

        @Override
        public void sent() {
            sent++;
        }

        @Override
        public void goodbyeSent() {
            goodbyes++;
        }

        @Override
        public void failed() {
            failures++;
        }
    }
}
