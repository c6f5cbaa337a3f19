package io.fieldgate.handler.live;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.testkit.FakePoints;
import io.fieldgate.testkit.FakeSession;
import java.time.Duration;

/** What the tests of this bundle begin with. */
final class Fixtures {

    private Fixtures() {}

    /** A tank, a processor and one point of each kind: what the examples of docs/protocol.md are about. */
    static FakePoints tank() {
        FakePoints points = new FakePoints()
                .device(DeviceInfo.builder(DeviceId.of("linux/cpu"))
                        .description("The processor")
                        .point(PointInfo.builder(PointId.of("linux/cpu/load"), ValueType.DECIMAL)
                                .pollPeriod(Duration.ofSeconds(1))
                                .description("Load average of the last minute")
                                .build())
                        .build())
                .device(DeviceInfo.builder(DeviceId.of("sim/tank"))
                        .description("A simulated water tank")
                        .point(PointInfo.builder(PointId.of("sim/tank/level"), ValueType.DECIMAL)
                                .unit("m")
                                .range(0, 2)
                                .build())
                        .point(PointInfo.builder(PointId.of("sim/tank/setpoint"), ValueType.DECIMAL)
                                .unit("m")
                                .access(Access.READ_WRITE)
                                .range(0, 2)
                                .build())
                        .point(PointInfo.builder(PointId.of("sim/tank/valve"), ValueType.BOOLEAN)
                                .access(Access.READ_WRITE)
                                .build())
                        .build());
        points.countFrom(8118);
        points.update("linux/cpu/load", Value.of(0.12));
        points.update(
                Reading.of(PointId.of("sim/tank/level"), Value.of(1.25), Quality.uncertain(Quality.Code.SIMULATED)));
        points.update("sim/tank/setpoint", Value.of(1.5));
        points.update("sim/tank/valve", Value.of(false));
        return points;
    }

    /** A client of the live protocol. A viewer is anonymous. */
    static FakeSession session(String id, Role role) {
        String name = role == Role.VIEWER ? User.ANONYMOUS : "ada";
        return FakeSession.builder("/live")
                .id(id)
                .user(new User(name, role))
                .subprotocol("fieldgate.live.v1")
                .build();
    }
}
