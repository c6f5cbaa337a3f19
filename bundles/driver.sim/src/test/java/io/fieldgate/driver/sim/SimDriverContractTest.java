package io.fieldgate.driver.sim;

import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.testkit.DriverContract;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** Every kind of simulated device keeps what a driver promises. */
class SimDriverContractTest {

    @Nested
    class ATank extends SimContract {

        ATank() {
            super(Kind.TANK);
        }
    }

    @Nested
    class ARoom extends SimContract {

        ARoom() {
            super(Kind.ROOM);
        }
    }

    @Nested
    class AMeter extends SimContract {

        AMeter() {
            super(Kind.METER);
        }
    }

    @Nested
    class AMachine extends SimContract {

        AMachine() {
            super(Kind.MACHINE);
        }

        /** A program has a name. */
        @Override
        protected Optional<Value> valueFor(PointInfo point) {
            return point.type() == ValueType.TEXT ? Optional.of(Value.of("drilling")) : super.valueFor(point);
        }
    }

    @Nested
    class ALoad extends SimContract {

        ALoad() {
            super(Kind.LOAD);
        }
    }

    private abstract static class SimContract extends DriverContract {

        private final Kind kind;

        SimContract(Kind kind) {
            this.kind = kind;
        }

        @Override
        protected Driver driver() {
            return kind.make(Map.of(), Clock.systemUTC());
        }

        @Override
        protected String driverId() {
            return "sim";
        }
    }
}
