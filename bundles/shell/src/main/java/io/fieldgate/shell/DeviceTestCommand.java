package io.fieldgate.shell;

import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.gateway.ConfigurationTrial;
import io.fieldgate.api.gateway.Configurations;
import io.fieldgate.api.gateway.DriverInfo;
import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.security.Audit;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shell command {@code fg:device-test}. */
@Component(service = Function.class)
@GogoCommand(scope = "fg", function = "device-test")
public final class DeviceTestCommand implements Function {

    static final String DEVICE_TEST = """
            fg:device-test FILE
            Tries the configuration of a device once without keeping it: checks it, starts
            its driver beside the others, reads every point, shows what they say, and
            takes all of it away again. Nothing is written to the device but what its
            configuration writes at a start, such as initial levels. Status 1 if the file
            is wrong, the device does not answer, or no point can be read.
              FILE  its name says what it configures, as in etc/:
                    <factory pid>-<name>.cfg; a relative path goes from etc/. If the same
                    file is in force, what it holds is busy: move it out of etc/ before""";

    private static final Duration START = Duration.ofSeconds(12);
    private static final Duration READ = Duration.ofSeconds(15);
    private static final Duration STEP = Duration.ofMillis(50);

    private final Slot<Configurations> configurations = new Slot<>("io.fieldgate.config");
    private final Slot<Points> points = new Slot<>("io.fieldgate.core");
    private final Slot<Audit> audit = new Slot<>("io.fieldgate.security");
    private final Path etc;
    private final Pause pause;
    private final Clock clock;

    /**
     * Made by the framework.
     *
     * @param context this bundle's context
     */
    @Activate
    public DeviceTestCommand(BundleContext context) {
        this(Path.of(String.valueOf(context.getProperty(Gateway.HOME)), "etc"), Pause.REAL, Clock.systemUTC());
    }

    DeviceTestCommand(Path etc, Pause pause, Clock clock) {
        this.etc = etc;
        this.pause = pause;
        this.clock = clock;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindConfigurations(Configurations service) {
        configurations.set(service);
    }

    void unbindConfigurations(Configurations service) {
        configurations.clear(service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindPoints(Points service) {
        points.set(service);
    }

    void unbindPoints(Points service) {
        points.clear(service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAudit(Audit service) {
        audit.set(service);
    }

    void unbindAudit(Audit service) {
        audit.clear(service);
    }

    /**
     * Tries a file.
     *
     * @param session who asks
     * @param arguments the file
     * @return what the points say
     * @throws Exception if the file is wrong or the device does not answer
     */
    @Descriptor("try a device's configuration once without keeping it")
    public String deviceTest(CommandSession session, @Descriptor(DEVICE_TEST) String... arguments) throws Exception {
        return Usage.of(DEVICE_TEST).answer(arguments, given -> {
            String file = given.operands().get(0);
            return Deed.of(audit, session, "device test").on(file, () -> tryOut(file, Screen.of(session)));
        });
    }

    /** Gogo would find a method by the name of the command, but none can have a hyphen in it: so this is the function itself. */
    @Override
    public Object execute(CommandSession session, List<Object> arguments) throws Exception {
        return deviceTest(session, arguments.stream().map(String::valueOf).toArray(String[]::new));
    }

    private String tryOut(String file, Screen screen) throws Exception {
        Points service = points.orFail();
        try (ConfigurationTrial trial = open(file)) {
            awaitStart(service, trial, file);
            List<PointInfo> readable = service.devices().stream()
                    .filter(device -> device.id().driver().equals(trial.driver()))
                    .flatMap(device -> device.points().stream())
                    .filter(point -> point.access().readable())
                    .toList();
            readable.forEach(point -> service.refresh(point.id()));
            await(READ, () -> readable.stream().noneMatch(point -> waits(service, point)));
            List<Sample> samples = service.latest(List.of(PointFilter.of(trial.driver() + "/**")), 0);
            String table = screen.fit(PointTable.brief(service, samples.stream(), clock.instant()));
            boolean none = samples.stream().allMatch(sample -> sample.quality().level() == Quality.Level.BAD);
            if (none && !readable.isEmpty()) {
                throw new IllegalStateException(
                        "fg:device-test: " + file + ": no point can be read" + detail(service, trial) + "\n" + table);
            }
            return table + "\n\n" + file + " could be applied; nothing of it is kept" + detail(service, trial);
        }
    }

    private ConfigurationTrial open(String file) throws Exception {
        try {
            return configurations.orFail().tryOut(etc.resolve(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("fg:device-test: " + file + ": " + e.getMessage(), e);
        }
    }

    private void awaitStart(Points service, ConfigurationTrial trial, String file) throws InterruptedException {
        await(
                START,
                () -> trial.failure().isPresent()
                        || driver(service, trial)
                                .filter(driver -> driver.state() != DriverInfo.State.STARTING)
                                .isPresent());
        Optional<String> failure = trial.failure();
        if (failure.isPresent()) {
            throw new IllegalStateException("fg:device-test: " + file + ": " + failure.get());
        }
        DriverInfo driver = driver(service, trial)
                .orElseThrow(() -> new IllegalStateException("fg:device-test: " + file
                        + ": its driver did not come within " + START.toSeconds() + " s; fg:log may say why"));
        if (driver.state() != DriverInfo.State.RUNNING) {
            throw new IllegalStateException("fg:device-test: " + file + ": " + driver.detail());
        }
    }

    private static Optional<DriverInfo> driver(Points service, ConfigurationTrial trial) {
        return service.drivers().stream()
                .filter(driver -> driver.id().equals(trial.driver()))
                .findFirst();
    }

    private static boolean waits(Points service, PointInfo point) {
        return service.latest(point.id())
                .filter(sample -> sample.quality().code() == Quality.Code.WAITING)
                .isPresent();
    }

    private static String detail(Points service, ConfigurationTrial trial) {
        return driver(service, trial)
                .map(DriverInfo::detail)
                .filter(detail -> !detail.isEmpty())
                .map(detail -> "; " + detail)
                .orElse("");
    }

    private void await(Duration limit, BooleanSupplier done) throws InterruptedException {
        for (long i = limit.dividedBy(STEP); i > 0 && !done.getAsBoolean(); i--) {
            pause.await(STEP);
        }
    }
}
