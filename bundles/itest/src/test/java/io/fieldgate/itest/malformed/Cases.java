package io.fieldgate.itest.malformed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The cases of a run: each a pure function of the seed and its number. The kinds take turns, so that any hundred cases in a row hold each of
 * them; all else is chance.
 */
final class Cases {

    /** An echo without compression. */
    static final String PLAIN = "/exact";
    /** An echo that agrees to compression. */
    static final String DEFLATED = "/deflated";
    /** The greatest message of both. It has to be told in eight bytes, so that a length beyond it breaks no other rule. */
    static final int MAX_BYTES = 70_000;

    private static final String OFFER = "permessage-deflate; client_no_context_takeover; server_no_context_takeover";
    /** What must be made of {@link RequestText#KEY} (RFC 6455, 1.3). */
    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static final byte[] NOTHING = {};

    /** Streams that are right but for how they end, or that chance has changed. */
    private enum Loose {
        RIGHT,
        TRUNCATED,
        HALF_CLOSED,
        RESET,
        MUTATED,
        MUTATED_LATE
    }

    private final long seed;
    private final String authority;
    private final List<Enum<?>> kinds = new ArrayList<>();

    /** @param authority host and port of the gateway */
    Cases(long seed, String authority) {
        this.seed = seed;
        this.authority = authority;
        kinds.addAll(Arrays.asList(HttpBreaches.Kind.values()));
        kinds.addAll(Arrays.asList(UpgradeBreaches.Kind.values()));
        kinds.addAll(Arrays.asList(Streams.Kind.values()));
        for (int i = 0; i < 3; i++) {
            kinds.addAll(Arrays.asList(Loose.values()));
        }
    }

    /** The case of a number, from 0. */
    Case get(int number) {
        Dice dice = new Dice(seed, number);
        Enum<?> kind = kinds.get(number % kinds.size());
        if (kind instanceof HttpBreaches.Kind breach) {
            return handshake(number, kind, dice, new HttpBreaches(dice, authority, PLAIN).broken(breach));
        }
        if (kind instanceof UpgradeBreaches.Kind breach) {
            String path = breach == UpgradeBreaches.Kind.EXTENSIONS ? DEFLATED : PLAIN;
            return handshake(number, kind, dice, new UpgradeBreaches(dice, authority, path).broken(breach));
        }
        boolean deflate = dice.oneIn(2);
        return kind instanceof Streams.Kind broken
                ? stream(number, dice, broken, new Referee.Rules(MAX_BYTES, deflate))
                : loose(number, dice, (Loose) kind, new Referee.Rules(MAX_BYTES, deflate));
    }

    private static Case handshake(int number, Enum<?> kind, Dice dice, Asked asked) {
        boolean whole = asked.ending() == Ending.LISTEN;
        return new Case(
                number,
                "handshake " + kind,
                asked.bytes(),
                whole ? List.of(new Frames(dice).close(1000, NOTHING)) : List.of(),
                false,
                false,
                asked.ending(),
                asked.statuses(),
                asked.headRule(),
                whole ? Optional.of(new Referee.Rules(MAX_BYTES, false)) : Optional.empty(),
                whole ? 1000 : Case.UNKNOWN);
    }

    private Case stream(int number, Dice dice, Streams.Kind kind, Referee.Rules rules) {
        byte[] before = new Frames(dice).rightOnes(rules.deflate());
        Streams.Broken broken = new Streams(dice, rules).broken(kind);
        byte[] after = dice.oneIn(3) ? dice.bytes(dice.oneOf(1, 10, 200, 20_000)) : NOTHING;
        boolean calm = dice.oneIn(2);
        byte[] end = broken.code() == Case.UNKNOWN ? broken.bytes() : Frames.joined(broken.bytes(), after);
        List<byte[]> pieces = calm ? List.of(before, end) : cut(dice, Frames.joined(before, end));
        Ending ending = broken.code() == Case.UNKNOWN ? Ending.HALF_CLOSE : Ending.LISTEN;
        return frames(number, "frames " + kind, dice, pieces, calm, ending, rules, broken.code());
    }

    private Case loose(int number, Dice dice, Loose kind, Referee.Rules rules) {
        Frames frames = new Frames(dice);
        byte[] right = Frames.joined(
                frames.rightOnes(rules.deflate()), frames.text("last"), frames.rightOnes(rules.deflate()));
        byte[] whole = Frames.joined(right, goodbye(frames));
        String name = "frames " + kind;
        return switch (kind) {
            case RIGHT -> frames(number, name, dice, List.of(right, goodbye(frames)), true, Ending.LISTEN, rules, 1000);
            case TRUNCATED ->
                frames(
                        number,
                        name,
                        dice,
                        cut(dice, Arrays.copyOf(right, dice.below(right.length))),
                        false,
                        dice.oneOf(Ending.HALF_CLOSE, Ending.RESET),
                        rules,
                        0);
            case HALF_CLOSED -> frames(number, name, dice, List.of(right), true, Ending.HALF_CLOSE, rules, 0);
            case RESET -> frames(number, name, dice, cut(dice, right), dice.oneIn(2), Ending.RESET, rules, 0);
            case MUTATED ->
                frames(
                        number,
                        name,
                        dice,
                        cut(dice, Mutation.of(dice, whole)),
                        false,
                        Ending.HALF_CLOSE,
                        rules,
                        Case.UNKNOWN);
            case MUTATED_LATE ->
                frames(
                        number,
                        name,
                        dice,
                        List.of(
                                right,
                                Mutation.of(dice, Frames.joined(frames.rightOnes(rules.deflate()), goodbye(frames)))),
                        true,
                        Ending.HALF_CLOSE,
                        rules,
                        Case.UNKNOWN);
        };
    }

    private static byte[] goodbye(Frames frames) {
        return frames.close(1000, NOTHING);
    }

    private Case frames(
            int number,
            String name,
            Dice dice,
            List<byte[]> pieces,
            boolean calm,
            Ending ending,
            Referee.Rules rules,
            int code) {
        RequestText request = new RequestText(authority, rules.deflate() ? DEFLATED : PLAIN);
        if (rules.deflate()) {
            request.add("Sec-WebSocket-Extensions: " + OFFER);
        }
        return new Case(
                number,
                name + (rules.deflate() ? ", deflate" : ""),
                request.bytes(),
                pieces,
                dice.oneIn(3) && !isEatenByHttp(pieces.get(0)),
                calm,
                ending,
                Set.of(101),
                head -> head.values("Sec-WebSocket-Accept").equals(List.of(ACCEPT))
                        && head.values("Sec-WebSocket-Extensions").isEmpty() != rules.deflate(),
                Optional.of(rules),
                code);
    }

    /** Jetty takes a line end right behind a request for the client's carelessness, so it may not get to the WebSocket. */
    private static boolean isEatenByHttp(byte[] piece) {
        return piece.length > 0 && (piece[0] == '\r' || piece[0] == '\n');
    }

    /** Up to five pieces, cut anywhere. */
    private static List<byte[]> cut(Dice dice, byte[] bytes) {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        while (pieces.size() < 4 && !dice.oneIn(2)) {
            int to = dice.between(from, bytes.length);
            pieces.add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        pieces.add(Arrays.copyOfRange(bytes, from, bytes.length));
        return pieces;
    }
}
