package io.fieldgate.driver.sim;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Answers that no driver should give, one kind after the other. */
final class Garbage {

    private static final PointId FOREIGN = PointId.of("nobody/nothing/nowhere");
    private static final Value NUMBER = Value.of(Double.NaN);
    private static final Value OCTETS = Value.of(new byte[] {(byte) 0xde, (byte) 0xad});

    private final AtomicInteger turn = new AtomicInteger();
    private final List<UnaryOperator<List<Reading>>> kinds = List.of(
            Garbage::tooFew,
            right -> all(right, reading -> Reading.of(FOREIGN, NUMBER, Quality.GOOD)),
            right -> all(right, reading -> Reading.of(reading.point(), OCTETS, Quality.GOOD)),
            right -> all(right, reading -> Reading.of(reading.point(), NUMBER, Quality.GOOD)),
            right -> all(right, reading -> null),
            right -> null);

    /** What to say instead of what is right. */
    List<Reading> instead(List<Reading> right) {
        return kinds.get(Math.floorMod(turn.getAndIncrement(), kinds.size())).apply(right);
    }

    private static List<Reading> tooFew(List<Reading> right) {
        return right.subList(0, right.size() / 2);
    }

    // Not a stream's list, for that takes no null.
    private static List<Reading> all(List<Reading> right, UnaryOperator<Reading> kind) {
        List<Reading> wrong = new ArrayList<>(Collections.nCopies(right.size(), null));
        for (int i = 0; i < right.size(); i++) {
            wrong.set(i, kind.apply(right.get(i)));
        }
        return wrong;
    }
}
