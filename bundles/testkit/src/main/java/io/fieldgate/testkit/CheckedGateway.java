package io.fieldgate.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** A gateway in which one bundle is under test, and what checks do to it. */
final class CheckedGateway implements AutoCloseable {

    private static final Pattern VERSION = Pattern.compile("(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?.*");
    /** A line of the log and, if it does not begin with a date, the next one: the exception. */
    private static final Pattern ERROR = Pattern.compile("(?m)^\\S+ \\S+ ERROR .*$(?:\\R(?!\\d{4}-).*$)?");

    private final GatewayProcess process;
    private final BundleJar bundle;
    private final Duration patience;
    private int updates;

    /** Starts a gateway in a home, with the bundle in {@code deploy/} unless it is shipped. */
    CheckedGateway(GatewayHome home, Path jar, Duration patience) throws IOException {
        this.patience = patience;
        bundle = BundleJar.of(jar);
        if (!isShipped(bundle)) {
            home.deploy(jar, fileName());
        }
        process = GatewayProcess.start(home);
        try {
            awaitVersion(bundle.version());
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    GatewayProcess process() {
        return process;
    }

    Duration patience() {
        return patience;
    }

    String symbolicName() {
        return bundle.symbolicName();
    }

    Path jar() {
        return bundle.path();
    }

    /** Replaces the bundle by a copy of the next version, and returns when that is active and its probation is over. */
    String update() throws IOException {
        String next = laterVersion(++updates);
        process.deploy(bundle.reversioned(next), fileName());
        awaitVersion(next);
        await(symbolicName() + " is no longer on probation")
                .atMost(patience)
                .until(() -> process.shell("fg:bundles").orFail().lines().noneMatch(this::isOnProbation));
        return next;
    }

    private boolean isOnProbation(String line) {
        List<String> words = List.of(line.trim().split("\\s+", -1));
        return words.contains(symbolicName()) && words.contains("probation");
    }

    /** Waits until all clients have got another answer; fails with what has become of their messages. */
    void awaitAnswers(Swarm swarm, String when) {
        try {
            swarm.awaitEveryoneAnswered(patience);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    when + ", some clients get no answer within " + patience.toSeconds() + " s: "
                            + Findings.of(swarm.stop(patience), symbolicName()) + troubleInLog(),
                    e);
        }
    }

    /** Ends the swarm and fails unless nobody has noticed anything. */
    SwarmReport assertUnnoticed(Swarm swarm, String what) {
        SwarmReport report = swarm.stop(patience);
        if (!report.isWhole()) {
            throw new AssertionError(what + ": " + Findings.of(report, symbolicName()) + troubleInLog());
        }
        return report;
    }

    void assertCleanLog(String what) {
        List<String> errors = errors();
        if (!errors.isEmpty()) {
            throw new AssertionError(what + ", but the gateway has logged errors:\n" + String.join("\n", errors));
        }
    }

    @Override
    public void close() throws IOException {
        process.close();
    }

    private void awaitVersion(String version) {
        try {
            process.bundles().awaitVersion(symbolicName(), version, patience);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    symbolicName() + ' ' + version
                            + " is not active; is every package that it imports there? The log:\n" + process.log(),
                    e);
        }
    }

    private String troubleInLog() {
        List<String> errors = errors();
        return errors.isEmpty() ? "" : "\nThe gateway has logged:\n" + String.join("\n", errors);
    }

    private List<String> errors() {
        return ERROR.matcher(process.log())
                .results()
                .map(found -> found.group())
                .toList();
    }

    private String fileName() {
        return symbolicName() + ".jar";
    }

    private String laterVersion(int by) {
        Matcher version = VERSION.matcher(bundle.version());
        if (!version.matches()) {
            throw new AssertionError(
                    bundle.path() + " has the version " + bundle.version() + ", which is none of OSGi");
        }
        return version.group(1) + '.' + number(version.group(2)) + '.' + (number(version.group(3)) + by);
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static boolean isShipped(BundleJar bundle) {
        return Distribution.bundles().stream()
                .map(BundleJar::of)
                .anyMatch(shipped -> shipped.symbolicName().equals(bundle.symbolicName())
                        && shipped.version().equals(bundle.version()));
    }
}
