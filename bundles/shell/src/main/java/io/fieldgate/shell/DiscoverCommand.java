package io.fieldgate.shell;

import io.fieldgate.api.driver.Discovery;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.Finding;
import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.api.security.Audit;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shell command {@code fg:discover}. */
@Component(service = DiscoverCommand.class)
@GogoCommand(scope = "fg", function = "discover")
public final class DiscoverCommand {

    static final String DISCOVER = """
            fg:discover [--print ADDRESS] [--write ADDRESS] [KIND]
            Looks for hardware that a driver could serve: GPIO chips, who answers on I2C
            buses, serial ports and what else the drivers know. Nothing is switched, and
            what the kernel or another program holds is left alone. FILE is the
            configuration that could be written.
              --print ADDRESS  prints the configuration to start from for what is there
              --write ADDRESS  writes it into etc/, where it is applied at once; a file of
                               that name is never replaced
              KIND             only what is of one kind, such as gpio, i2c or serial""";

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<Discovery> discoveries = new CopyOnWriteArrayList<>();
    private final Slot<Audit> audit = new Slot<>("io.fieldgate.security");
    private final Path etc;
    private final Duration limit;

    /** What one search has found, or why it has not. */
    private record Found(String kind, List<Finding> findings, String problem) {}

    /**
     * Made by the framework.
     *
     * @param context this bundle's context
     */
    @Activate
    public DiscoverCommand(BundleContext context) {
        this(Path.of(String.valueOf(context.getProperty(Gateway.HOME)), "etc"), LIMIT);
    }

    DiscoverCommand(Path etc, Duration limit) {
        this.etc = etc;
        this.limit = limit;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDiscovery(Discovery service) {
        discoveries.add(service);
    }

    void unbindDiscovery(Discovery service) {
        discoveries.remove(service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAudit(Audit service) {
        audit.set(service);
    }

    void unbindAudit(Audit service) {
        audit.clear(service);
    }

    /**
     * Looks for hardware, or proposes a configuration.
     *
     * @param session who asks
     * @param arguments options, and maybe a kind
     * @return a table, a configuration, or where it was written
     * @throws Exception if the arguments are wrong, or a file cannot be written
     */
    @Descriptor("look for hardware, and propose configurations for it")
    public String discover(CommandSession session, @Descriptor(DISCOVER) String... arguments) throws Exception {
        return Usage.of(DISCOVER).answer(arguments, given -> {
            Optional<String> print = given.value("--print");
            Optional<String> write = given.value("--write");
            if (print.isPresent() && write.isPresent()) {
                throw new IllegalArgumentException("it takes --print or --write");
            }
            List<Found> found = search(given.operands().stream().findFirst());
            if (print.isPresent()) {
                return String.join("\n", proposed(found, print.get()).lines());
            }
            if (write.isPresent()) {
                Finding finding = proposed(found, write.get());
                return Deed.of(audit, session, "config write").on(name(finding), () -> write(finding));
            }
            return Screen.of(session).fit(table(found));
        });
    }

    private List<Found> search(Optional<String> kind) throws InterruptedException {
        List<Discovery> asked = discoveries.stream()
                .filter(one -> kind.isEmpty() || one.kind().equals(kind.get()))
                .sorted(Comparator.comparing(Discovery::kind))
                .toList();
        if (asked.isEmpty()) {
            throw new IllegalArgumentException("no bundle looks for "
                    + kind.map(text -> '"' + text + '"').orElse("hardware")
                    + "; known are "
                    + discoveries.stream()
                            .map(Discovery::kind)
                            .distinct()
                            .sorted()
                            .toList());
        }
        List<FutureTask<List<Finding>>> searches = new ArrayList<>();
        for (Discovery one : asked) {
            FutureTask<List<Finding>> search = new FutureTask<>(one::find);
            searches.add(search);
            CleanThread.start(search, "fieldgate-discover-" + one.kind());
        }
        long end = System.nanoTime() + limit.toNanos();
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            found.add(result(asked.get(i).kind(), searches.get(i), end));
        }
        return found;
    }

    private Found result(String kind, FutureTask<List<Finding>> search, long end) throws InterruptedException {
        try {
            return new Found(kind, search.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS), "");
        } catch (TimeoutException e) {
            search.cancel(true);
            return new Found(kind, List.of(), "has not ended within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return new Found(
                    kind, List.of(), cause instanceof DriverException ? cause.getMessage() : String.valueOf(cause));
        }
    }

    private static Table table(List<Found> found) {
        Table table =
                Table.ofSentences("KIND", "ADDRESS", "FILE", "DESCRIPTION").naming(0, 1, 2);
        for (Found one : found) {
            one.findings()
                    .forEach(finding -> table.row(
                            one.kind(), finding.address(), finding.file().orElse("-"), finding.description()));
            if (!one.problem().isEmpty()) {
                table.row(one.kind(), "-", "-", "cannot be looked for: " + one.problem());
            } else if (one.findings().isEmpty()) {
                table.row(one.kind(), "-", "-", "nothing found");
            }
        }
        return table;
    }

    private static Finding proposed(List<Found> found, String address) {
        Finding finding = found.stream()
                .flatMap(one -> one.findings().stream())
                .filter(one -> one.address().equals(address))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no " + address + " now; fg:discover lists what there is"));
        if (finding.file().isEmpty()) {
            throw new IllegalArgumentException("there is nothing to propose for " + address);
        }
        return finding;
    }

    private static String name(Finding finding) {
        return finding.file().orElseThrow();
    }

    /** Written beside and renamed, so that no half of it is ever read. */
    private String write(Finding finding) throws IOException {
        Path file = etc.resolve(name(finding));
        Path beside = Files.createTempFile(etc, ".discover", ".tmp");
        try {
            Files.write(beside, finding.lines());
            // A link, and not a move, for that would replace what is there.
            Files.createLink(file, beside);
        } catch (FileAlreadyExistsException e) {
            throw new IllegalStateException("fg:discover: there is " + file + " already, and it is not replaced", e);
        } finally {
            Files.deleteIfExists(beside);
        }
        return file + " is written, and applied within a second; fg:config list says whether it is good";
    }
}
