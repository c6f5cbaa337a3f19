package io.fieldgate.launcher;

import io.fieldgate.api.gateway.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One gateway from the start of its process to its end, on one home. */
final class GatewayProcess {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayProcess.class);

    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** More than a stop takes, with the archive of classes that the JVM writes at the end. */
    private static final Duration PREDECESSOR_PATIENCE = Duration.ofMinutes(1);

    private final Distribution distribution;
    private final Home home;

    GatewayProcess(Distribution distribution, Home home) {
        this.distribution = distribution;
        this.home = home;
    }

    /**
     * Runs until the gateway is stopped.
     *
     * @param ready gets the ready line once the port is open
     * @throws CommandFailure if the gateway cannot start
     */
    void run(RunOptions options, Consumer<String> ready)
            throws CommandFailure, IOException, InterruptedException, BundleException {
        HomeFolders folders = new HomeFolders(home);
        folders.createData();
        // A channel that nobody holds is closed by the garbage collector; the hook holds it.
        HomeLock lock = HomeLock.take(home.lock(), options.waits() ? PREDECESSOR_PATIENCE : Duration.ZERO)
                .orElseThrow(this::alreadyRuns);
        RunFile running = starting(options);
        running.write(home.runFile());
        folders.create(distribution.defaults());
        boolean hadToken = Files.exists(home.adminToken());
        GatewayLog log = GatewayLog.open(home.log(), options.console());
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> LOG.error("thread {} has died", thread.getName(), failure));
        LOG.info("Fieldgate {} starts on {} with Java {}", distribution.version(), home, Runtime.version());

        Optional<Trial> trial = settlement().settle().map(this::trial);
        GatewayFramework framework = create(options.http(), log, trial);
        StopHook hook = new StopHook(framework, log, home, running, lock, trial);
        Runtime.getRuntime().addShutdownHook(hook);
        trial.ifPresent(begun -> begun.begin(() -> complaint(framework), status -> {
            hook.exitWith(status);
            System.exit(status);
        }));
        try {
            Readiness readiness = new Readiness(framework.context(), framework.shipped(), PATIENCE);
            String url = start(framework, readiness);
            hook.ready(running.ready(url));
            readiness.onListening(address -> hook.moved(running.ready(address)));
            log.showConsole();
            LOG.info("ready at {}", url);
            // Before the ready line, behind which nobody looks.
            if (!hadToken && Files.exists(home.adminToken())) {
                ready.accept("A token for the administrator was made: " + home.adminToken());
            }
            ready.accept("Fieldgate " + distribution.version() + " is ready: open " + url);
            trial.ifPresent(Trial::ready);
            framework.awaitStop();
        } catch (CommandFailure | RuntimeException | IOException e) {
            // While the gateway is being stopped, the framework goes away under the start's feet: that is no failure.
            if (!hook.hasBegun()) {
                LOG.error("the start has failed", e);
                trial.ifPresent(vain -> vain.failed(Complaint.sentence(e)));
                hook.exitWith(e instanceof CommandFailure failure ? failure.status() : ExitStatus.FAILED);
                throw e;
            }
        }
    }

    private RunFile starting(RunOptions options) {
        return new RunFile(
                ProcessHandle.current().pid(),
                RunFile.State.STARTING,
                "",
                Instant.now(),
                options.http().orElse(""),
                distribution.root().toString(),
                options.detached());
    }

    private Settlement settlement() {
        return new Settlement(home.distributions(), distribution);
    }

    private Trial trial(String id) {
        Distributions distributions = home.distributions();
        return new Trial(distributions, id, TrialTerms.read(distributions.root(id)));
    }

    /** Asked by way of the shell: so it works too, without which there is no way back by hand. */
    private Optional<String> complaint(GatewayFramework framework) throws IOException {
        List<String> missing = framework.missing();
        if (!missing.isEmpty()) {
            return Optional.of("these do not run: " + String.join(", ", missing));
        }
        try {
            ShellAnswer.to(home, "fg:health");
            return Optional.empty();
        } catch (CommandFailure e) {
            return Optional.of(Complaint.sentence(e));
        }
    }

    private GatewayFramework create(Optional<String> http, GatewayLog log, Optional<Trial> trial)
            throws IOException, BundleException {
        try {
            return GatewayFramework.create(distribution, home, http);
        } catch (IOException | BundleException | RuntimeException e) {
            LOG.error("the distribution in {} is not whole", distribution.root(), e);
            trial.ifPresentOrElse(
                    vain -> vain.failed(Complaint.sentence(e)),
                    () -> settlement().doubt());
            log.close();
            throw e;
        }
    }

    /** Starts the bundles, says READY when it is time, and gives the address once the port is open. */
    private static String start(GatewayFramework framework, Readiness readiness)
            throws CommandFailure, InterruptedException {
        framework.start(START_PATIENCE);
        readiness.awaitDeployed();
        readiness.awaitComponents();
        framework.announce(Gateway.READY);
        return readiness.awaitListening();
    }

    private CommandFailure alreadyRuns() {
        String pid;
        try {
            pid = RunFile.read(home.runFile())
                    .map(file -> " (pid " + file.pid() + ")")
                    .orElse("");
        } catch (IOException e) {
            pid = "";
        }
        return new CommandFailure(ExitStatus.FAILED, "a gateway runs on " + home + " already" + pid);
    }
}
