package io.fieldgate.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The bundles of a running gateway, as its shell shows them.
 *
 * <p>Each method asks the shell anew and throws an {@link AssertionError} if that fails or there is no such bundle.
 */
public final class BundleList {

    private static final Pattern LINE =
            Pattern.compile("(?m)^\\s*(\\d+)\\|(\\w+)\\s*\\|\\s*\\d+\\|(\\S+) \\(([^)]+)\\)");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** What Felix's list ends with when a bundle goes while it is made, as in an update. */
    private static final String GOES = "Bundle is uninstalled";

    private static final int TRIES = 5;

    private final GatewayProcess gateway;

    /**
     * One line of it.
     *
     * @param id the bundle id
     * @param state {@code Active}, {@code Resolved} or {@code Installed}; others pass
     * @param symbolicName the symbolic name
     * @param version the version
     */
    public record Line(long id, String state, String symbolicName, String version) {}

    BundleList(GatewayProcess gateway) {
        this.gateway = gateway;
    }

    /**
     * All bundles.
     *
     * @return one line for each, by id
     * @throws IOException if the shell cannot be started
     * @throws InterruptedException if the thread is interrupted
     */
    public List<Line> all() throws IOException, InterruptedException {
        Outcome shown = gateway.shell("felix:lb", "-s");
        for (int i = 1; i < TRIES && shown.errors().contains(GOES); i++) {
            shown = gateway.shell("felix:lb", "-s");
        }
        List<Line> lines =
                LINE.matcher(shown.orFail()).results().map(BundleList::line).toList();
        if (lines.isEmpty()) {
            throw new AssertionError("felix:lb shows no bundle");
        }
        return lines;
    }

    /**
     * The bundle of a name that is active, or any of that name if none is.
     *
     * @param symbolicName the symbolic name
     * @return its line
     * @throws IOException if the shell cannot be started
     * @throws InterruptedException if the thread is interrupted
     */
    public Line of(String symbolicName) throws IOException, InterruptedException {
        List<Line> named = all().stream()
                .filter(line -> line.symbolicName().equals(symbolicName))
                .toList();
        return named.stream()
                .filter(line -> line.state().equals("Active"))
                .findFirst()
                .or(() -> named.stream().findFirst())
                .orElseThrow(() -> new AssertionError(symbolicName + " is not installed"));
    }

    /**
     * Waits until a bundle is active in a version, 20 s at most.
     *
     * @param symbolicName the symbolic name
     * @param version the version
     */
    public void awaitVersion(String symbolicName, String version) {
        awaitVersion(symbolicName, version, LIMIT);
    }

    void awaitVersion(String symbolicName, String version, Duration limit) {
        await(symbolicName + " is active in version " + version)
                .atMost(limit)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> all().stream()
                        .anyMatch(line -> line.symbolicName().equals(symbolicName)
                                && line.version().equals(version)
                                && line.state().equals("Active")));
    }

    /**
     * Stops a bundle, until it is started or the gateway is.
     *
     * @param symbolicName the symbolic name
     * @throws IOException if the shell cannot be started
     * @throws InterruptedException if the thread is interrupted
     */
    public void stop(String symbolicName) throws IOException, InterruptedException {
        gateway.shell("felix:stop", id(symbolicName)).orFail();
    }

    /**
     * Starts a bundle.
     *
     * @param symbolicName the symbolic name
     * @throws IOException if the shell cannot be started
     * @throws InterruptedException if the thread is interrupted
     */
    public void start(String symbolicName) throws IOException, InterruptedException {
        gateway.shell("felix:start", id(symbolicName)).orFail();
    }

    /**
     * Uninstalls a bundle.
     *
     * @param symbolicName the symbolic name
     * @throws IOException if the shell cannot be started
     * @throws InterruptedException if the thread is interrupted
     */
    public void uninstall(String symbolicName) throws IOException, InterruptedException {
        gateway.shell("felix:uninstall", id(symbolicName)).orFail();
    }

    private String id(String symbolicName) throws IOException, InterruptedException {
        return Long.toString(of(symbolicName).id());
    }

    private static Line line(MatchResult found) {
        return new Line(Long.parseLong(found.group(1)), found.group(2), found.group(3), found.group(4));
    }
}
