package io.fieldgate.itest.malformed;

import java.util.Set;
import java.util.function.Predicate;

/**
 * A handshake and what is right to be said to it.
 *
 * @param bytes the request, whole or not
 * @param ending what the client does behind it; it goes on with frames if it listens
 * @param statuses the statuses that are right
 * @param headRule what the head must be like besides
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Asked(byte[] bytes, Ending ending, Set<Integer> statuses, Predicate<Head> headRule) {

    static final int OK = 101;

    static Asked is(int status, RequestText text) {
        return in(text, status);
    }

    static Asked in(RequestText text, Integer... statuses) {
        return in(text.bytes(), Ending.LISTEN, statuses);
    }

    static Asked in(byte[] bytes, Ending ending, Integer... statuses) {
        return new Asked(bytes, ending, Set.of(statuses), Asked::any);
    }

    static boolean any(Head head) {
        return true;
    }
}
