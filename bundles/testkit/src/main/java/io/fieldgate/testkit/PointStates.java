package io.fieldgate.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** The points of a gateway and their quality, as {@code GET /api/points} has them. */
final class PointStates {

    private static final Pattern SAMPLE = Pattern.compile(
            "\\{\"point\":\"([^\"]+)\",\"value\":.*?,\"quality\":\"(\\w+)\"(?:,\"code\":\"([^\"]+)\")?,\"time\"");
    private static final Duration FIRST_VALUES = Duration.ofSeconds(5);

    private final GatewayProcess gateway;
    private final Duration patience;

    PointStates(CheckedGateway gateway) {
        this.gateway = gateway.process();
        patience = gateway.patience();
    }

    /** The points that are not BAD. */
    Set<String> alive() throws IOException, InterruptedException {
        return those(sample -> !sample.group(2).equals("bad"));
    }

    /** Waits until points have values: all of them, or those that have one after some seconds. */
    Set<String> awaitAlive() throws IOException, InterruptedException {
        long enough = System.nanoTime() + FIRST_VALUES.toNanos();
        try {
            await("points have values").atMost(patience).until(() -> {
                boolean late = System.nanoTime() > enough;
                return (late
                                || those(sample -> "waiting".equals(sample.group(3)))
                                        .isEmpty())
                        && !alive().isEmpty();
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no point has a value within " + patience.toSeconds() + " s", e);
        }
        return alive();
    }

    /**
     * Waits until points that were alive are BAD as those of a driver that has gone.
     *
     * @return those that are
     */
    Set<String> awaitLost(Set<String> before, String driver) throws IOException, InterruptedException {
        try {
            await("points turn BAD")
                    .atMost(patience)
                    .until(() -> !disconnected(before).isEmpty());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    driver + " was stopped and none of these points turned BAD (disconnected) within "
                            + patience.toSeconds() + " s, so it is no driver or had no point with a value: " + before,
                    e);
        }
        return disconnected(before);
    }

    /** Waits until none of these points is BAD. */
    void awaitBack(Set<String> lost, String driver) throws IOException, InterruptedException {
        try {
            await("points are back").atMost(patience).until(() -> alive().containsAll(lost));
        } catch (ConditionTimeoutException e) {
            Set<String> missing = new TreeSet<>(lost);
            missing.removeAll(alive());
            throw new AssertionError(
                    driver + " was started again and these points are still BAD after " + patience.toSeconds() + " s: "
                            + missing + "; start(context) and read(points) must work again after stop()",
                    e);
        }
    }

    private Set<String> disconnected(Set<String> of) throws IOException, InterruptedException {
        Set<String> found = those(sample -> "disconnected".equals(sample.group(3)));
        found.retainAll(of);
        return found;
    }

    private Set<String> those(Predicate<MatchResult> wanted) throws IOException, InterruptedException {
        HttpResponse<String> answer = gateway.get("/api/points?filter=**");
        if (answer.statusCode() != 200) {
            throw new AssertionError("GET /api/points has answered " + answer.statusCode() + ": " + answer.body());
        }
        Set<String> found = new TreeSet<>();
        SAMPLE.matcher(answer.body()).results().filter(wanted).forEach(sample -> found.add(sample.group(1)));
        return found;
    }
}
