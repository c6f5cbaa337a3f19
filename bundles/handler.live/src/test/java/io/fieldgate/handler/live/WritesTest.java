package io.fieldgate.handler.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.security.Audit;
import io.fieldgate.testkit.FakePoints;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritesTest {

    private static final User ADA = new User("ada", Role.OPERATOR, "login:1");
    private static final PointId VALVE = PointId.of("sim/tank/valve");

    private final FakePoints points = Fixtures.tank();
    private final Writes writes = new Writes(points);
    private final List<String> lines = new ArrayList<>();
    private final Audit audit = (who, from, action, subject, outcome) ->
            lines.add(who + ' ' + from + ' ' + action + ' ' + subject + ' ' + outcome);

    @Test
    void saysWhoWroteWhichPointAndNotTheValue() {
        writes.bindAudit(audit);
        writes.write(ADA, "192.0.2.1:50000", VALVE, Value.of(true));
        assertEquals(List.of("ada 192.0.2.1 write sim/tank/valve DONE"), lines);
    }

    @Test
    void saysWhoMayNot() {
        writes.bindAudit(audit);
        assertFalse(writes.allowed(new User("eve", Role.VIEWER, "login:2"), "192.0.2.1:1", "sim/tank/valve"));
        assertTrue(writes.allowed(ADA, "192.0.2.1:1", "sim/tank/valve"));
        assertEquals(List.of("eve 192.0.2.1 write sim/tank/valve REFUSED"), lines);
    }

    @Test
    void doesWithoutAnAuditLog() {
        assertFalse(writes.allowed(new User("eve", Role.VIEWER, "login:2"), "192.0.2.1:1", "sim/tank/valve"));
        Audit next = (who, from, action, subject, outcome) -> {};
        writes.bindAudit(audit);
        writes.bindAudit(next);
        writes.unbindAudit(audit);
        writes.unbindAudit(next);
        writes.write(ADA, "unix:1", VALVE, Value.of(true));
        assertEquals(List.of(), lines);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1:1, 192.0.2.1",
        "192.0.2.1, 192.0.2.1",
        "[2001:db8::1]:1, 2001:db8::1",
        "[2001:db8::1], 2001:db8::1",
        "2001:db8::1, 2001:db8::1",
        "unix:1, ''",
        "unix, ''"
    })
    void namesTheAddressWithoutAPort(String address, String host) {
        assertEquals(host, Writes.host(address));
    }
}
