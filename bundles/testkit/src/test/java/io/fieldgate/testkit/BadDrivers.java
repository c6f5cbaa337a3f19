package io.fieldgate.testkit;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.DriverContext;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

/** Drivers that break the contract, each in one way, with the test that an author would run on it. */
final class BadDrivers {

    static final DeviceId PUMP = DeviceId.of("pump/one");
    static final PointId FLOW = PUMP.point("flow");
    static final PointId SPEED = PUMP.point("speed");

    private BadDrivers() {}

    /** The contract, told what it cannot find out. */
    abstract static class Subject extends DriverContract {

        @Override
        protected abstract Driver driver();

        @Override
        protected String driverId() {
            return "pump";
        }

        @Override
        protected int lives() {
            return 20;
        }
    }

    /** The same for one that fails because something does not come: it is not waited for long. */
    abstract static class Impatient extends Subject {

        @Override
        protected Duration limit() {
            return Duration.ofSeconds(2);
        }
    }

    /** A pump that keeps the contract; what follows differs from it in one way. */
    static class Pump implements Driver {

        final Map<PointId, Value> values =
                new HashMap<>(Map.of(FLOW, Value.of(1.5), SPEED, Value.of(0L), PUMP.point("on"), Value.of(true)));
        DriverContext context;

        @Override
        public void start(DriverContext gateway) throws DriverException {
            context = gateway;
        }

        @Override
        public List<DeviceInfo> devices() {
            return List.of(device(PUMP).build());
        }

        static DeviceInfo.Builder device(DeviceId id) {
            return DeviceInfo.builder(id)
                    .point(PointInfo.builder(id.point("flow"), ValueType.DECIMAL)
                            .unit("L/s")
                            .range(0, 2)
                            .build())
                    .point(PointInfo.builder(id.point("on"), ValueType.BOOLEAN).build())
                    .point(PointInfo.builder(id.point("speed"), ValueType.INTEGER)
                            .access(Access.READ_WRITE)
                            .range(0, 3000)
                            .build());
        }

        @Override
        public List<Reading> read(List<PointId> points) throws DriverException {
            List<Reading> readings = new ArrayList<>();
            for (PointId point : points) {
                readings.add(read(point));
            }
            return readings;
        }

        Reading read(PointId point) throws DriverException {
            return values.containsKey(point)
                    ? Reading.good(point, values.get(point))
                    : Reading.bad(point, Quality.Code.CONFIGURATION);
        }

        @Override
        public Reading write(PointId point, Value value) throws DriverException {
            if (!values.containsKey(point)) {
                throw new DriverException(DriverException.Reason.NO_SUCH_POINT, "there is no " + point);
            }
            if (!point.equals(SPEED)) {
                throw new DriverException(DriverException.Reason.READ_ONLY, point + " cannot be written");
            }
            values.put(point, value);
            context.publish(List.of(Reading.good(FLOW, Value.of(1.0))));
            return Reading.good(point, value);
        }
    }

    static final class Good extends Subject {
        @Override
        protected Driver driver() {
            return new Pump();
        }

        @Override
        protected Optional<Driver> brokenDriver() {
            return Optional.of(new Pump() {
                @Override
                public void start(DriverContext gateway) throws DriverException {
                    throw new DriverException(DriverException.Reason.CONNECTION, "pump one does not answer");
                }
            });
        }
    }

    static final class ShowsAnothersDevice extends Subject {
        @Override
        protected Driver driver() {
            return new Pump() {
                @Override
                public List<DeviceInfo> devices() {
                    return List.of(
                            device(PUMP).build(),
                            DeviceInfo.builder(DeviceId.of("other/one")).build());
                }
            };
        }
    }

    static final class ShowsADeviceTwice extends Subject {
        @Override
        protected Driver driver() {
            return new Pump() {
                @Override
                public List<DeviceInfo> devices() {
                    return List.of(
                            device(PUMP).build(), DeviceInfo.builder(PUMP).build());
                }
            };
        }
    }

    static final class BadId extends Subject {
        @Override
        protected Driver driver() {
            return new Pump();
        }

        @Override
        protected String driverId() {
            return "Pump";
        }
    }

    static final class GivesATruthAUnit extends Subject {
        @Override
        protected Driver driver() {
            return new Pump() {
                @Override
                public List<DeviceInfo> devices() {
                    values.put(PUMP.point("odd"), Value.of(true));
                    PointInfo odd = PointInfo.builder(PUMP.point("odd"), ValueType.BOOLEAN)
                            .unit("1")
                            .build();
                    return List.of(device(PUMP).point(odd).build());
                }
            };
        }
    }

    static final class ShowsSomethingElseEachTime extends Subject {
        @Override
        protected Driver driver() {
            return new Pump() {
                private int asked;

                @Override
                public List<DeviceInfo> devices() {
                    asked++;
                    return List.of(device(PUMP).description("asked " + asked).build());
                }
            };
        }
    }

    static final class AnswersInAnOrderOfItsOwn extends Subject {
        @Override
        protected Driver driver() {
            return new Pump() {
                @Override
                public List<Reading> read(List<PointId> points) throws DriverException {
                    List<PointId> sorted = new ArrayList<>(points);
                    Collections.sort(sorted);
                    return super.read(sorted);
                }
            };
        }
    }

    /** A pump that says of its flow what a test chooses. */
    private static Driver saying(Value flow) {
        Pump pump = new Pump();
        pump.values.put(FLOW, flow);
        return pump;
    }

    static final class SaysAnotherType extends Subject {
        @Override
        protected Driver driver() {
            return saying(Value.of("1.5"));
        }
    }

    static final class SaysWhatIsNoNumber extends Subject {
        @Override
        protected Driver driver() {
            return saying(Value.of(Double.NaN));
        }
    }

    static final class SaysWhatIsOutOfItsRange extends Subject {
        @Override
        protected Driver driver() {
            return saying(Value.of(2.1));
        }
    }

    static final class NeverAnswers extends Subject {
        @Override
        protected Driver driver() {
            return new Pump() {
                @Override
                Reading read(PointId point) {
                    return Reading.bad(point, Quality.Code.TIMEOUT);
                }
            };
        }
    }

    static final class FailsTheBatchForOnePoint extends Subject {
        @Override
        protected Driver driver() {
            return new Pump() {
                @Override
                Reading read(PointId point) throws DriverException {
                    if (!values.containsKey(point)) {
                        throw new DriverException(DriverException.Reason.NO_SUCH_POINT, "there is no " + point);
                    }
                    return super.read(point);
                }
            };
        }
    }

    static final class ThrowsForWhatItDoesNotHave extends Subject {
        @Override
        protected Driver driver() {
            return new Pump() {
                @Override
                Reading read(PointId point) {
                    return Reading.good(
                            point, Optional.ofNullable(values.get(point)).orElseThrow());
                }
            };
        }
    }

    /** A pump that answers a write as a test chooses. */
    abstract static class Writes extends Subject {

        abstract Reading answer(Pump pump, PointId point, Value value) throws DriverException;

        @Override
        protected Driver driver() {
            return new Pump() {
                @Override
                public Reading write(PointId point, Value value) throws DriverException {
                    return point.equals(SPEED) ? answer(this, point, value) : super.write(point, value);
                }
            };
        }
    }

    static final class ConfirmsWithAnotherType extends Writes {
        @Override
        Reading answer(Pump pump, PointId point, Value value) {
            return Reading.good(point, Value.of(true));
        }
    }

    static final class ConfirmsBadly extends Writes {
        @Override
        Reading answer(Pump pump, PointId point, Value value) {
            return Reading.bad(point, Quality.Code.DEVICE_FAILURE);
        }
    }

    static final class DoesNotTakeItsEnds extends Writes {
        @Override
        Reading answer(Pump pump, PointId point, Value value) throws DriverException {
            if (value.equals(Value.of(3000L))) {
                throw new DriverException(DriverException.Reason.OUT_OF_RANGE, "less than 3000");
            }
            return Reading.good(point, value);
        }
    }

    static final class PushesAnothersPoint extends Writes {
        @Override
        Reading answer(Pump pump, PointId point, Value value) {
            pump.context.publish(List.of(Reading.good(PUMP.point("unknown"), value)));
            return Reading.good(point, value);
        }
    }

    static final class WritesWhatCanOnlyBeRead extends Subject {
        @Override
        protected Driver driver() {
            return new Pump() {
                @Override
                public Reading write(PointId point, Value value) throws DriverException {
                    return values.containsKey(point) && !point.equals(SPEED)
                            ? Reading.good(point, value)
                            : super.write(point, value);
                }
            };
        }
    }

    static final class WritesWhatItDoesNotHave extends Subject {
        @Override
        protected Driver driver() {
            return new Pump() {
                @Override
                public Reading write(PointId point, Value value) throws DriverException {
                    return values.containsKey(point) ? super.write(point, value) : Reading.good(point, value);
                }
            };
        }
    }

    static final class TalksAfterItsStop extends Subject {
        private DriverContext last;

        @Override
        protected Driver driver() {
            return new Pump() {
                @Override
                public void start(DriverContext gateway) throws DriverException {
                    super.start(gateway);
                    last = gateway;
                }
            };
        }

        @Override
        protected void stir() {
            last.publish(List.of(Reading.good(FLOW, Value.of(1.0))));
        }
    }

    static final class LeavesAThread extends Impatient {
        private final CountDownLatch end = new CountDownLatch(1);

        @Override
        protected Driver driver() {
            return new Pump() {
                @Override
                public void start(DriverContext gateway) throws DriverException {
                    super.start(gateway);
                    Thread thread = new Thread(this::listen, "pump");
                    thread.setDaemon(true);
                    thread.start();
                }

                private void listen() {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            };
        }
    }

    /** Opens a file at each start. */
    static final class LeavesAFileOpen extends Impatient {

        private final List<Closeable> open = new ArrayList<>();

        @Override
        protected Driver driver() {
            return new Pump() {
                @Override
                public void start(DriverContext gateway) throws DriverException {
                    super.start(gateway);
                    try {
                        open.add(Files.newInputStream(Path.of("/proc/self/status")));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };
        }

        @AfterEach
        void close() throws IOException {
            for (Closeable file : open) {
                file.close();
            }
        }
    }

    static final class IsBoundToOneThread extends Subject {
        @Override
        protected Driver driver() {
            return new Pump() {
                private Thread owner;

                @Override
                public void start(DriverContext gateway) throws DriverException {
                    super.start(gateway);
                    owner = Thread.currentThread();
                }

                @Override
                Reading read(PointId point) throws DriverException {
                    return Thread.currentThread() == owner
                            ? super.read(point)
                            : Reading.bad(point, Quality.Code.DEVICE_FAILURE);
                }

                @Override
                public List<Reading> read(List<PointId> points) throws DriverException {
                    if (Thread.currentThread() != owner) {
                        throw new IllegalStateException("I belong to " + owner.getName());
                    }
                    return super.read(points);
                }
            };
        }
    }

    static final class KeepsTheHardware extends Subject {
        private boolean taken;

        @Override
        protected Driver driver() {
            return new Pump() {
                @Override
                public void start(DriverContext gateway) throws DriverException {
                    if (taken) {
                        throw new DriverException(DriverException.Reason.CONNECTION, "the bus is in use");
                    }
                    taken = true;
                }

                @Override
                public Reading write(PointId point, Value value) throws DriverException {
                    context = new FakeDriverContext();
                    return super.write(point, value);
                }
            };
        }
    }

    static final class CannotBeStoppedBeforeItsStart extends Subject {
        @Override
        protected Driver driver() {
            return new Pump() {
                @Override
                public void stop() {
                    context.status(false, "stopped");
                }
            };
        }
    }

    static final class StartsWithoutHardware extends Subject {
        @Override
        protected Driver driver() {
            return new Pump();
        }

        @Override
        protected Optional<Driver> brokenDriver() {
            return Optional.of(new Pump());
        }
    }

    static final class HangsInStop extends Impatient {
        @Override
        protected Driver driver() {
            return new Pump() {
                @Override
                public void stop() {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            };
        }
    }
}
