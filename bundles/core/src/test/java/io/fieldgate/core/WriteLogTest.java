package io.fieldgate.core;

import static io.fieldgate.core.PointRig.failure;
import static io.fieldgate.core.PointRig.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.Write;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteLogTest {

    private static final PointId PUMP = PointId.of("sim/tank/pump");
    private static final Value ON = Value.of(true);
    private static final Write BY_ANNA = Write.by(new User("anna", Role.OPERATOR), "192.0.2.7:51034");

    private final PointRig rig = new PointRig();
    private final FakeDriver sim = FakeDriver.with(PointInfo.builder(PUMP, ValueType.BOOLEAN)
            .access(Access.READ_WRITE)
            .safe(Value.of(false))
            .build());
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        rig.gateway.bindAudit((who, from, action, subject, outcome) ->
                lines.add(String.join(" ", who, '<' + from + '>', action, subject, outcome.name())));
        rig.up("sim", sim);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void saysWhoHasWrittenWhat() throws Exception {
        sample(rig.points.write(PUMP, ON, BY_ANNA));
        sample(rig.points.write(PUMP, ON, BY_ANNA));

        until("anna <192.0.2.7> write sim/tank/pump DONE", "anna <192.0.2.7> write sim/tank/pump DONE");
    }

    @Test
    void saysWhoWasRefusedAndWhatHasFailed() throws Exception {
        failure(rig.points.write(PUMP, ON, Write.by(new User("eve", Role.VIEWER), "")));
        failure(rig.points.write(PUMP, Value.of(1), BY_ANNA));
        sim.onWrite = FakeDriver.fails(DriverException.Reason.DEVICE);
        failure(rig.points.write(PUMP, ON, BY_ANNA));

        until(
                "eve <> write sim/tank/pump REFUSED",
                "anna <192.0.2.7> write sim/tank/pump FAILED",
                "anna <192.0.2.7> write sim/tank/pump FAILED");
    }

    @Test
    void saysOnceThatAWriteIsHeldAndThenThatThePointIsSafe() throws Exception {
        for (int i = 0; i < 3; i++) {
            sample(rig.points.write(PUMP, ON, BY_ANNA.repeatedWithin(Duration.ofSeconds(2))));
        }
        rig.time.advance(Duration.ofSeconds(2));
        rig.until(() -> lines.size() == 2);
        sample(rig.points.write(PUMP, ON, BY_ANNA.repeatedWithin(Duration.ofSeconds(2))));

        until(
                "anna <192.0.2.7> write sim/tank/pump DONE",
                "gateway <> safe value sim/tank/pump DONE",
                "anna <192.0.2.7> write sim/tank/pump DONE");
    }

    @Test
    void saysOnceThatABundleDrivesAPoint() throws Exception {
        sample(rig.points.write(PUMP, ON));
        sample(rig.points.write(PUMP, Value.of(false)));
        sample(rig.points.write(PUMP, ON, BY_ANNA));
        sample(rig.points.write(PUMP, ON));

        until(
                "test <> write sim/tank/pump DONE",
                "anna <192.0.2.7> write sim/tank/pump DONE",
                "test <> write sim/tank/pump DONE");
    }

    @Test
    void saysWhenASafeValueCannotBeWrittenAndWhenItIs() throws Exception {
        sample(rig.points.write(PUMP, ON, BY_ANNA.repeatedWithin(Duration.ofSeconds(2))));
        sim.onWrite = FakeDriver.fails(DriverException.Reason.CONNECTION);
        rig.time.advance(Duration.ofSeconds(2));
        rig.until(() -> lines.size() == 2);
        rig.time.advance(Duration.ofSeconds(1));
        rig.until(() -> sim.count("write") == 3);
        rig.settle("sim");
        sim.onWrite = () -> {};
        rig.time.advance(Duration.ofSeconds(1));

        until(
                "anna <192.0.2.7> write sim/tank/pump DONE",
                "gateway <> safe value sim/tank/pump FAILED",
                "gateway <> safe value sim/tank/pump DONE");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1:50000, 192.0.2.1",
        "192.0.2.1, 192.0.2.1",
        "[2001:db8::1]:1, 2001:db8::1",
        "[2001:db8::1], 2001:db8::1",
        "2001:db8::1, 2001:db8::1",
        "unix:1, ''",
        "unix, ''"
    })
    void namesTheAddressWithoutAPort(String address, String host) {
        Write how = Write.by(new User("anna", Role.OPERATOR), address);

        assertEquals(host, new Order(PUMP, ON, how, new Writer("test")).host());
    }

    private void until(String... expected) {
        rig.until(() -> lines.size() >= expected.length);
        rig.settle("sim");
        assertEquals(List.of(expected), lines);
    }
}
