package io.fieldgate.handler.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.gateway.Write;
import io.fieldgate.testkit.FakeAnswers;
import io.fieldgate.testkit.FakePoints;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WritesTest {

    private static final PointId VALVE = PointId.of("sim/tank/valve");
    private static final Write ADA = Write.by(new User("ada", Role.OPERATOR), "192.0.2.1");

    private final FakePoints points = Fixtures.tank();
    private final PointInfo valve = points.info(VALVE).orElseThrow();
    private final SocketSession session = Fixtures.session("s1", Role.OPERATOR);

    @Test
    void isPlainUnlessTheClientSaysMore() throws Exception {
        Write how = prepared("\"value\":true", Optional.of(session)).how();

        assertEquals(ADA, how);
    }

    @Test
    void isHeldByTheSessionAndForATime() throws Exception {
        Write how = prepared("\"value\":true,\"holdMs\":2000,\"safe\":false", Optional.of(session))
                .how();

        assertEquals(Optional.of(Duration.ofSeconds(2)), how.limit());
        assertEquals(Optional.of(Value.of(false)), how.safe());
        assertEquals(Optional.of("s1"), how.session());
        assertEquals(
                Optional.empty(),
                prepared("\"value\":true,\"holdMs\":0", Optional.of(session))
                        .how()
                        .limit());
    }

    @Test
    void isHeldForATimeAloneWhereThereIsNoSession() throws Exception {
        Write how = prepared("\"value\":true,\"holdMs\":100,\"safe\":false", Optional.empty())
                .how();

        assertEquals(Optional.of(Duration.ofMillis(100)), how.limit());
        assertEquals(Optional.empty(), how.session());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"holdMs\":0", "\"holdMs\":99", "\"holdMs\":86400001", "\"holdMs\":\"1\"", "\"safe\":false"})
    void refusesATimeThatIsNone(String members) {
        RequestException failure =
                assertThrows(RequestException.class, () -> prepared("\"value\":true," + members, Optional.empty()));

        assertEquals(RequestException.BAD_REQUEST, failure.code());
    }

    @Test
    void refusesASafeValueOfAnotherType() {
        assertEquals(
                PointException.Reason.WRONG_TYPE,
                assertThrows(PointException.class, () -> prepared("\"value\":true,\"safe\":1", Optional.of(session)))
                        .reason());
    }

    @Test
    void asksTheGatewayAlsoForWhatItRefusesSoThatItIsWrittenDown() {
        Write eve = Write.by(new User("eve", Role.VIEWER), "192.0.2.1");
        Writes writes = new Writes(points);

        writes.write(Writes.refused(VALVE, eve));

        FakeAnswers.Asked asked = points.answers().asked().get(0);
        assertEquals(eve, asked.how());
        assertEquals(
                Optional.of(Value.of(false)), points.latest(VALVE).orElseThrow().value());
    }

    private Writes.Prepared prepared(String members, Optional<SocketSession> client) throws Exception {
        return Writes.prepare(valve, Request.members('{' + members + '}'), ADA, client);
    }
}
