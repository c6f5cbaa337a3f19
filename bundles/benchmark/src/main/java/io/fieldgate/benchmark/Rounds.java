package io.fieldgate.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Takes every figure of every server, the servers in turns, so that what else the machine does hits all alike. */
final class Rounds {

    private final List<Figure> figures;
    private final List<Contender> contenders;
    private final Settings settings;
    private final Consumer<String> progress;

    /**
     * Says what is to be done.
     *
     * @param figures what is measured
     * @param contenders of what
     * @param settings how long and how often
     * @param progress is told what is being measured
     */
    Rounds(List<Figure> figures, List<Contender> contenders, Settings settings, Consumer<String> progress) {
        this.figures = figures;
        this.contenders = contenders;
        this.settings = settings;
        this.progress = progress;
    }

    /** Does it. A figure that fails is noted with the reason, and the others are taken nevertheless. */
    Results run() {
        Results results = new Results();
        for (Figure figure : figures) {
            for (int round = 1; round <= rounds(figure); round++) {
                for (Contender contender : contenders) {
                    if (figure.fits(contender)) {
                        String what = figure.name() + ", " + contender.name() + ", round " + round;
                        progress.accept(what);
                        measure(figure, contender, what, results);
                    }
                }
            }
        }
        return results;
    }

    /** How long all of it takes, as the figures say themselves. */
    Duration estimate() {
        Duration sum = Duration.ZERO;
        for (Figure figure : figures) {
            for (Contender contender : contenders) {
                if (figure.fits(contender)) {
                    sum = sum.plus(figure.estimate(settings.of(contender)).multipliedBy(rounds(figure)));
                }
            }
        }
        return sum;
    }

    private int rounds(Figure figure) {
        return figure.isCampaign() ? 1 : settings.rounds();
    }

    private void measure(Figure figure, Contender contender, String what, Results results) {
        try {
            figure.measure(contender, settings.of(contender))
                    .forEach(reading -> results.add(figure.name(), contender.name(), reading));
        } catch (IOException | IllegalArgumentException e) {
            results.fail(what + ": " + e.getMessage());
        }
    }
}
