package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {

    private final OutboundQueue queue = new OutboundQueue(8, 100);

    @Test
    void keepsTheOrder() {
        add("a", "b", "c");

        assertEquals(List.of("a", "b", "c"), fetchAll());
    }

    @Test
    void countsAMessageUntilItIsSent() {
        add("aa", "bbb");
        assertAccount(2, 5);

        fetchAll();
        assertAccount(2, 5);

        assertNull(queue.sent());
        assertAccount(1, 3);
        assertNull(queue.sent());
        assertAccount(0, 0);
    }

    @Test
    void isBoundedInMessages() {
        add("1", "2", "3", "4", "5", "6", "7", "8");

        assertFalse(queue.add(Message.text("9")));
        queue.fetch();
        assertFalse(queue.add(Message.text("9")));
        assertNull(queue.sent());
        assertTrue(queue.add(Message.text("9")));
    }

    @Test
    void isBoundedInBytesButTakesOneGreatMessage() {
        assertTrue(queue.add(Message.binary(new byte[5000])));
        assertFalse(queue.add(Message.text("1")));

        queue.fetch();
        assertNull(queue.sent());
        assertTrue(queue.add(Message.binary(new byte[60])));
        assertFalse(queue.add(Message.binary(new byte[41])));
        assertTrue(queue.add(Message.binary(new byte[40])));
    }

    @Test
    void isAboveHalfInMessagesOrInBytes() {
        add("1", "2", "3", "4");
        assertFalse(queue.isAboveHalf());
        add("5");
        assertTrue(queue.isAboveHalf());

        OutboundQueue other = new OutboundQueue(8, 100);
        other.add(Message.binary(new byte[50]));
        assertFalse(other.isAboveHalf());
        other.add(Message.binary(new byte[1]));
        assertTrue(other.isAboveHalf());
    }

    @Test
    void theLatestTakesThePlaceOfTheUnsent() {
        put("level", "10");
        add("x");
        put("level", "11");
        assertAccount(2, 3);

        assertEquals(List.of("11", "x"), fetchAll());
    }

    @Test
    void theLatestDoesNotTouchWhatWasFetched() {
        put("level", "10");
        queue.fetch();
        put("level", "11");
        assertAccount(2, 4);

        assertEquals(List.of("11"), fetchAll());
    }

    @Test
    void theLatestCountsTheBytesThatItHasNow() {
        put("level", "1");
        put("level", "12345");
        assertAccount(1, 5);
        put("level", "12");
        assertAccount(1, 2);
    }

    @Test
    void theLatestIsRefusedWhenItIsTooGreat() {
        queue.add(Message.binary(new byte[60]));
        put("level", "1");

        assertFalse(queue.put("level", Message.binary(new byte[50])));
        assertAccount(2, 61);
    }

    @Test
    void keysAreBounded() {
        OutboundQueue wide = new OutboundQueue(4096, 1_000_000);
        for (int i = 0; i < OutboundQueue.MAX_KEYS; i++) {
            assertTrue(wide.put("key" + i, Message.text("v")));
        }

        assertFalse(wide.put("one more", Message.text("v")));
        assertTrue(wide.put("key7", Message.text("w")));
        wide.fetch();
        assertTrue(wide.put("one more", Message.text("v")));
    }

    @Test
    void handsOutTheFutureOfWhatWasSent() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        add("a");
        queue.add(Message.text("b"), left);

        fetchAll();
        assertNull(queue.sent());
        assertSame(left, queue.sent());
        assertNull(queue.sent());
    }

    @Test
    void givesUpTheFuturesAndKeepsTheMessages() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        queue.add(Message.text("a"), first);
        queue.fetch();
        queue.add(Message.text("b"), second);

        assertEquals(List.of(first, second), queue.untrack());
        assertNull(queue.sent());
        assertEquals(List.of("b"), fetchAll());
        assertNull(queue.sent());
        assertAccount(0, 0);
    }

    @Test
    void dropsWhatWasNotFetched() {
        CompletableFuture<Void> fetched = new CompletableFuture<>();
        CompletableFuture<Void> lost = new CompletableFuture<>();
        queue.add(Message.text("aa"), fetched);
        queue.fetch();
        queue.add(Message.text("b"), lost);
        put("k", "c");

        assertEquals(List.of(lost), queue.dropUnsent());
        assertAccount(1, 2);
        assertSame(fetched, queue.sent());

        put("k", "d");
        assertEquals(List.of("d"), fetchAll());
    }

    @Test
    void clearsEverything() {
        CompletableFuture<Void> fetched = new CompletableFuture<>();
        queue.add(Message.text("a"), fetched);
        queue.fetch();
        add("b");

        assertEquals(List.of(fetched), queue.clear());
        assertAccount(0, 0);
        assertNull(queue.fetch());
    }

    @Test
    void staysInOrderAndInAccountHoweverItIsUsed() {
        Random random = new Random(4711);
        OutboundQueue deep = new OutboundQueue(200, 100_000);
        List<Integer> unsent = new ArrayList<>();
        List<Integer> fetched = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    if (deep.add(Message.text(Integer.toString(i)))) {
                        unsent.add(i);
                    }
                }
                case 1 -> {
                    Message next = deep.fetch();
                    if (next != null) {
                        fetched.add(unsent.remove(0));
                        assertEquals(fetched.get(fetched.size() - 1), Integer.valueOf(next.text()));
                    }
                }
                default -> {
                    assertNull(deep.sent());
                    if (!fetched.isEmpty()) {
                        fetched.remove(0);
                    }
                }
            }
            assertEquals(unsent.size() + fetched.size(), deep.messages());
        }
    }

    private void add(String... texts) {
        for (String text : texts) {
            assertTrue(queue.add(Message.text(text)));
        }
    }

    private void put(String key, String text) {
        assertTrue(queue.put(key, Message.text(text)));
    }

    private List<String> fetchAll() {
        List<String> texts = new ArrayList<>();
        for (Message next = queue.fetch(); next != null; next = queue.fetch()) {
            texts.add(next.text());
        }
        return texts;
    }

    private void assertAccount(int messages, long bytes) {
        assertEquals(messages, queue.messages());
        assertEquals(bytes, queue.bytes());
    }
}
