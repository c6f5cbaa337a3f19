package io.fieldgate.shell;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.User;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.gateway.Write;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shell commands {@code fg:read} and {@code fg:write}: what goes to the hardware, and waits for it. */
@Component(service = AccessCommands.class)
@GogoCommand(
        scope = "fg",
        function = {"read", "write"})
public final class AccessCommands {

    private static final String READ = """
            fg:read POINT…
            Reads points from the hardware now and waits up to 15 s. It fails if one
            of them could not be read.
              POINT  driver/device/point""";

    private static final String WRITE = """
            fg:write POINT VALUE
            Writes a point, waits up to 15 s until the device has confirmed it, and
            shows what the point says then.
              POINT  driver/device/point
              VALUE  what the type of the point takes: true, on, 1, false, off, 0;
                     a whole number; a number; a text, quoted if it has blanks, after
                     -- if it begins with a hyphen; bytes as two hexadecimal digits
                     each. fg:points -l shows type and range""";

    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final Slot<Points> points = new Slot<>("io.fieldgate.core");
    private final Clock clock;
    private final Duration longest;

    /** Made by the framework. */
    @Activate
    public AccessCommands() {
        this(Clock.systemUTC(), LONGEST);
    }

    AccessCommands(Clock clock, Duration longest) {
        this.clock = clock;
        this.longest = longest;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindPoints(Points service) {
        points.set(service);
    }

    void unbindPoints(Points service) {
        points.clear(service);
    }

    /**
     * Reads points from the hardware.
     *
     * @param session who asks
     * @param arguments the points
     * @throws Exception if the arguments are wrong, the core is not there, or a point cannot be read
     */
    @Descriptor("read points from the hardware now")
    public void read(CommandSession session, @Descriptor(READ) String... arguments) throws Exception {
        Screen screen = Screen.of(session);
        Usage.of(READ).run(screen, arguments, given -> {
            List<PointId> wanted =
                    given.operands().stream().map(PointId::of).distinct().toList();
            read(screen, points.orFail(), wanted);
            return "";
        });
    }

    /**
     * Writes a point.
     *
     * @param session who asks
     * @param arguments the point and the value
     * @return what the device has confirmed
     * @throws Exception if the arguments are wrong, the core is not there, or the point was not written
     */
    @Descriptor("write a point and show what the device has confirmed")
    public String write(CommandSession session, @Descriptor(WRITE) String... arguments) throws Exception {
        Screen screen = Screen.of(session);
        return Usage.of(WRITE).answer(arguments, given -> {
            PointId point = PointId.of(given.operands().get(0));
            // The gateway checks the role and tells the audit log.
            Caller caller = Client.of(session).caller();
            Write by = Write.by(new User(caller.name(), caller.role()), caller.address());
            return screen.fit(write(points.orFail(), point, given.operands().get(1), by));
        });
    }

    private void read(Screen screen, Points service, List<PointId> wanted) throws InterruptedException {
        Map<PointId, CompletionStage<Sample>> asked = new LinkedHashMap<>();
        wanted.forEach(point -> asked.put(point, service.refresh(point)));
        long end = System.nanoTime() + longest.toNanos();
        List<Sample> samples = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Map.Entry<PointId, CompletionStage<Sample>> read : asked.entrySet()) {
            try {
                Sample sample = await(read.getValue(), end);
                samples.add(sample);
                if (sample.quality().level() == Quality.Level.BAD) {
                    failures.add(read.getKey() + " is " + sample.quality());
                }
            } catch (PointException e) {
                failures.add(e.getMessage());
            } catch (TimeoutException e) {
                failures.add(read.getKey() + " did not answer within " + longest.toSeconds() + " s");
            }
        }
        if (!samples.isEmpty()) {
            screen.out().println(screen.fit(PointTable.brief(service, samples.stream(), clock.instant())));
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("fg:read: " + String.join("; ", failures));
        }
    }

    private Table write(Points service, PointId point, String text, Write by) throws InterruptedException {
        PointInfo info = service.info(point)
                .orElseThrow(() -> new IllegalArgumentException("no device has a point " + point
                        + " now; fg:points lists those that are there, fg:devices the drivers"));
        if (!info.access().writable()) {
            throw new IllegalArgumentException(point + " is read-only");
        }
        try {
            Sample sample =
                    await(service.write(point, ValueText.parse(info, text), by), System.nanoTime() + longest.toNanos());
            return PointTable.brief(service, List.of(sample).stream(), clock.instant());
        } catch (PointException e) {
            throw new IllegalStateException("fg:write: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "fg:write: " + point + " did not confirm it within " + longest.toSeconds()
                            + " s; whether it took the value is not known",
                    e);
        }
    }

    private static Sample await(CompletionStage<Sample> stage, long end)
            throws InterruptedException, PointException, TimeoutException {
        try {
            return stage.toCompletableFuture().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PointException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause().toString(), e);
        }
    }
}
