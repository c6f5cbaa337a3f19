package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.launcher.Distributions.Link;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What links and folders say before, while and after a distribution is tried. */
class DistributionsTest {

    @TempDir
    private Path folder;

    private Distributions distributions;
    private Distribution factory;

    @BeforeEach
    void makeDistributions() throws IOException {
        factory = distribution(folder.resolve("opt"), "1-f");
        distributions = new Home(folder).distributions();
        Files.createDirectories(folder.resolve("data"));
        distributions.create("1-f");
        for (String id : new String[] {"2-a", "3-b"}) {
            distribution(distributions.root(id), id);
        }
    }

    @Test
    void runsTheFactorysUntilAnotherIsCurrent() throws IOException {
        assertEquals(Distributions.FACTORY, distributions.current());
        assertEquals(Distributions.FACTORY, distributions.idOf(factory.root()));
        assertEquals("2-a", distributions.idOf(distributions.root("2-a")));
        distributions.point(Link.CURRENT, "2-a");
        assertEquals("2-a", distributions.current());
    }

    @Test
    void keepsWhatIsTriedAndTheOneBefore() throws IOException {
        distributions.point(Link.CURRENT, "2-a");
        distributions.point(Link.TRIED, "3-b");
        distributions.keepTried();

        assertLinks("3-b", "2-a");
        distributions.collect("3-b", false);
        assertTrue(Files.exists(distributions.root("2-a")));
    }

    /** Power goes between the steps of it. */
    @Test
    void comesToAnEndIfItWasInterrupted() throws IOException {
        distributions.point(Link.CURRENT, "2-a");
        distributions.point(Link.PREVIOUS, Distributions.FACTORY);
        distributions.point(Link.TRIED, "3-b");
        distributions.point(Link.REPLACED, "2-a");
        settle(distributions.root("2-a"));
        assertLinks("2-a", Distributions.FACTORY);

        distribution(distributions.root("3-b"), "3-b");
        distributions.point(Link.CURRENT, "3-b");
        distributions.point(Link.REPLACED, "2-a");
        settle(distributions.root("3-b"));
        assertLinks("3-b", "2-a");
    }

    @Test
    void givesUpWhatWasTriedAndSaysWhy() throws IOException {
        distributions.point(Link.CURRENT, "2-a");
        distributions.point(Link.TRIED, "3-b");
        assertEquals(Optional.empty(), settle(distributions.root("2-a")));

        assertEquals("2-a", distributions.current());
        assertTrue(distributions.target(Link.TRIED).isEmpty());
        assertFalse(Files.exists(distributions.root("3-b")));
        UpgradeOutcome outcome =
                UpgradeOutcome.read(distributions.outcome(), "3-b").orElseThrow();
        assertFalse(outcome.kept());
        assertTrue(outcome.reason().contains("without a word"), outcome::reason);
    }

    @Test
    void keepsTheReasonThatTheTriedOneGave() throws IOException {
        distributions.point(Link.TRIED, "3-b");
        new UpgradeOutcome("3-b", false, "no port\nat all").write(distributions.outcome());
        settle(factory.root());

        assertEquals(
                Optional.of(new UpgradeOutcome("3-b", false, "no port at all")),
                UpgradeOutcome.read(distributions.outcome(), "3-b"));
        assertEquals(Optional.empty(), UpgradeOutcome.read(distributions.outcome(), "2-a"));
    }

    @Test
    void forgetsUpgradesThatWereMadeOnTopOfAnother() throws IOException {
        distributions.point(Link.CURRENT, "2-a");
        distributions.point(Link.PREVIOUS, "3-b");
        settle(distribution(folder.resolve("opt2"), "4-g").root());

        assertEquals(Distributions.FACTORY, distributions.current());
        assertAll(
                () -> assertTrue(distributions.target(Link.PREVIOUS).isEmpty()),
                () -> assertFalse(Files.exists(distributions.root("2-a"))),
                () -> assertFalse(Files.exists(distributions.root("3-b"))),
                () -> assertTrue(distributions.factoryBuild().isEmpty()));
    }

    @Test
    void doesNotStayWithOneThatIsNotWhole() throws IOException {
        distributions.point(Link.CURRENT, "5-gone");
        settle(factory.root());
        assertEquals(Distributions.FACTORY, distributions.current());

        distributions.point(Link.CURRENT, "2-a");
        Distribution damaged = distribution(distributions.root("2-a"), "2-a");
        new Settlement(distributions, damaged).doubt();
        assertEquals(Distributions.FACTORY, distributions.current(), "it has no jars");
    }

    @Test
    void becomesCurrentWhenItIsHealthy() throws Exception {
        Trial trial = trial(Duration.ofMillis(1));
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        trial.begin(Optional::empty, exit::complete);
        trial.ready();

        Awaitility.await()
                .until(() -> UpgradeOutcome.read(distributions.outcome(), "3-b")
                        .map(UpgradeOutcome::kept)
                        .orElse(false));
        assertLinks("3-b", Distributions.FACTORY);
        trial.stopped();
        assertTrue(UpgradeOutcome.read(distributions.outcome(), "3-b")
                .orElseThrow()
                .kept());
        assertFalse(exit.isDone());
    }

    @Test
    void endsWhenItIsNotHealthy() throws Exception {
        Trial trial = trial(Duration.ofMillis(1));
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        trial.begin(() -> Optional.of("core is resolved"), exit::complete);
        trial.ready();

        assertEquals(ExitStatus.FAILED, exit.get(20, TimeUnit.SECONDS));
        assertGivenUp("it was not healthy: core is resolved");
    }

    @Test
    void endsWhenItIsNotReadyInTime() throws Exception {
        Trial trial = new Trial(distributions, "3-b", new TrialTerms(Duration.ofMillis(1), Duration.ofMinutes(1)));
        distributions.point(Link.TRIED, "3-b");
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        trial.begin(Optional::empty, exit::complete);

        assertEquals(ExitStatus.FAILED, exit.get(20, TimeUnit.SECONDS));
        assertGivenUp("it was not ready within 0 s");
    }

    @Test
    void isGivenUpWhenItIsStoppedBeforeItHasProvedItself() throws Exception {
        Trial trial = trial(Duration.ofMinutes(5));
        trial.begin(Optional::empty, status -> {});
        trial.ready();
        trial.stopped();

        assertGivenUp("it was stopped before it had been healthy for long enough");
        trial.failed("the framework has gone");
        assertGivenUp("it was stopped before it had been healthy for long enough");
    }

    @Test
    void readsTheTermsOfATrial() throws IOException {
        TrialTerms terms = new TrialTerms(Duration.ofSeconds(7), Duration.ofSeconds(1));
        terms.write(folder);
        assertEquals(terms, TrialTerms.read(folder));
        Files.writeString(folder.resolve("trial.properties"), "ready.s=0\nprobation.s=soon\n");
        assertEquals(new TrialTerms(Duration.ofSeconds(160), Duration.ofSeconds(30)), TrialTerms.read(folder));
    }

    private Trial trial(Duration probation) throws IOException {
        distributions.point(Link.TRIED, "3-b");
        return new Trial(distributions, "3-b", new TrialTerms(Duration.ofMinutes(1), probation));
    }

    private Optional<String> settle(Path running) {
        return new Settlement(distributions, new Distribution(running)).settle();
    }

    private void assertGivenUp(String reason) throws IOException {
        assertEquals(
                Optional.of(new UpgradeOutcome("3-b", false, reason)),
                UpgradeOutcome.read(distributions.outcome(), "3-b"));
        assertEquals(Distributions.FACTORY, distributions.current());
    }

    private void assertLinks(String current, String previous) throws IOException {
        assertEquals(current, distributions.current());
        assertEquals(Optional.of(previous), distributions.target(Link.PREVIOUS));
        assertTrue(distributions.target(Link.TRIED).isEmpty());
        assertTrue(distributions.target(Link.REPLACED).isEmpty());
    }

    private static Distribution distribution(Path root, String build) throws IOException {
        Files.createDirectories(root.resolve("lib"));
        Files.writeString(root.resolve("lib/build"), build + '\n');
        return new Distribution(root);
    }
}
