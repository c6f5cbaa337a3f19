package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.PointException.Reason;
import io.fieldgate.api.gateway.Write;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WriteCheckTest {

    private static final PointId MODE = PointId.of("sim/pump/mode");
    private static final Write ANNA = Write.by(new User("anna", Role.OPERATOR), "192.0.2.7");
    private static final PointInfo PLAIN = pump().build();

    private static PointInfo.Builder pump() {
        return PointInfo.builder(MODE, ValueType.DECIMAL)
                .unit("%")
                .access(Access.READ_WRITE)
                .range(0, 100);
    }

    @Test
    void takesWhatThePointDeclares() throws Exception {
        WriteCheck.Checked checked = WriteCheck.check(MODE, Optional.of(PLAIN), Value.of(50), ANNA);

        assertEquals(Value.of(50.0), checked.value());
        assertEquals(Optional.empty(), checked.safe());
    }

    @Test
    void refusesWhoHasNotTheRoleBeforeItTellsAnythingOfThePoint() {
        PointInfo admins = pump().access(Access.READ).role(Role.ADMIN).build();

        PointException failure = refused(admins, Value.of("x"), ANNA);

        assertEquals(Reason.FORBIDDEN, failure.reason());
        assertEquals("writing sim/pump/mode needs the role admin, anna is operator", failure.getMessage());
        Write viewer = Write.by(new User("eve", Role.VIEWER), "");
        assertEquals(Reason.FORBIDDEN, refused(PLAIN, Value.of(1.0), viewer).reason());
    }

    @Test
    void letsABundleWriteInItsOwnRight() throws Exception {
        PointInfo admins = pump().role(Role.ADMIN).build();

        assertEquals(
                Value.of(1.0),
                WriteCheck.check(MODE, Optional.of(admins), Value.of(1.0), Write.own())
                        .value());
    }

    @Test
    void refusesWhatIsNotAllowedAndSaysWhatIs() {
        PointInfo steps = pump().allowed(List.of(Value.of(0.0), Value.of(50.0), Value.of(100.0)))
                .build();

        PointException failure = refused(steps, Value.of(51), ANNA);

        assertEquals(Reason.OUT_OF_RANGE, failure.reason());
        assertEquals("sim/pump/mode takes 0.0, 50.0, 100.0 %, not 51", failure.getMessage());
    }

    @Test
    void holdsAWriteWithTheSafeValueOfThePointOrItsOwn() throws Exception {
        PointInfo safe = pump().safe(Value.of(10.0)).build();

        assertEquals(
                Optional.of(Value.of(10.0)),
                WriteCheck.check(MODE, Optional.of(safe), Value.of(50.0), ANNA.held())
                        .safe());
        assertEquals(
                Optional.of(Value.of(0.0)),
                WriteCheck.check(MODE, Optional.of(safe), Value.of(50.0), ANNA.withSafe(Value.of(0)))
                        .safe());
    }

    @Test
    void refusesToHoldAPointWithoutASafeValueOrWithOneThatIsNotPossible() {
        assertEquals(
                Reason.NO_SAFE_VALUE,
                refused(PLAIN, Value.of(50.0), ANNA.held()).reason());
        PointException failure = refused(PLAIN, Value.of(50.0), ANNA.withSafe(Value.of(101)));

        assertEquals(Reason.OUT_OF_RANGE, failure.reason());
        assertEquals("the safe value: sim/pump/mode takes 0.0 to 100.0 %, not 101", failure.getMessage());
    }

    private static PointException refused(PointInfo point, Value value, Write how) {
        return assertThrows(PointException.class, () -> WriteCheck.check(MODE, Optional.of(point), value, how));
    }
}
