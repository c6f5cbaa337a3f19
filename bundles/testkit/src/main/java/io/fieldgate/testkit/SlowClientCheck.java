package io.fieldgate.testkit;

import java.io.IOException;
import java.util.OptionalLong;

/** One client of a gateway talks and reads nothing, while others talk and read. */
final class SlowClientCheck {

    private static final long HEAP_GROWTH = 16L << 20;
    private static final int TRY_AGAIN_LATER = 1013;

    private final CheckedGateway gateway;
    private final Swarm others;

    SlowClientCheck(CheckedGateway gateway, Swarm others) {
        this.gateway = gateway;
        this.others = others;
    }

    void assertBorne(SlowClient slow) throws IOException, InterruptedException {
        gateway.awaitAnswers(others, "before there is a slow client");
        long before = Heap.of(gateway.process()).bytes();
        if (talk(slow) == SlowClient.Fate.NEITHER) {
            throw new AssertionError("a client that read nothing could send " + (SlowClient.MOST_TAKEN >> 20)
                    + " MiB and was neither held nor closed with 1013: the handler answers nothing, or keeps answers of its own"
                    + " instead of giving them to session.send at once, where the gateway can count them");
        }
        long growth = Heap.of(gateway.process()).bytes() - before;
        if (growth >= HEAP_GROWTH) {
            throw new AssertionError("one client that reads nothing has made the heap grow by " + (growth >> 20)
                    + " MiB: the handler keeps too much for it");
        }
        OptionalLong code = slow.catchUp(gateway.patience().multipliedBy(2));
        if (code.isPresent() && code.getAsLong() != TRY_AGAIN_LATER) {
            throw new AssertionError(
                    "the slow client was closed with " + code.getAsLong() + ", not held or closed with 1013");
        }
        gateway.assertUnnoticed(others, "others have noticed that one client read nothing");
        gateway.assertCleanLog("nobody has noticed the slow client");
    }

    /** It counts as held if nothing is taken of it after the others were answered: a busy machine may be slow with everybody. */
    private SlowClient.Fate talk(SlowClient slow) throws IOException {
        long before;
        SlowClient.Fate fate;
        do {
            before = slow.taken();
            fate = slow.talk();
            gateway.awaitAnswers(others, "while one client reads nothing");
        } while (fate == SlowClient.Fate.HELD && slow.taken() > before);
        return fate;
    }
}
