package io.fieldgate.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the gateway is to reach in one quantity.
 *
 * @param title what it is about, as the table says it
 * @param row the quantity
 * @param most whether less is better; otherwise more is
 * @param factor the bound, in the unit of the quantity or as a share of what the peer needs
 * @param peer the server that the bound is a share of, or empty if it is absolute
 * @param worst whether every single value counts; otherwise the median does
 * @param later what is aimed at after that, or empty
 */
record Budget(String title, Results.Row row, boolean most, double factor, String peer, boolean worst, String later) {

    /** What is aimed at, in the order of the table. */
    static List<Budget> all() {
        return List.of(
                most("echo of 32 B", "echo-32", "CPU per message", "µs").share(0.8, "netty"),
                most("echo of 1 kB", "echo-1k", "CPU per message", "µs").share(0.7, "netty"),
                most("fan-out", "fanout", "CPU per delivery", "µs").share(0.8, "netty"),
                least("fan-out", "fanout", "deliveries", "1/s").share(1, "netty"),
                most("idle connection", "idle", "live heap per connection", "kB")
                        .bound(2.4),
                most("idle connection", "idle", "RSS per connection", "kB").bound(9),
                most("handshake", "handshake", "CPU per handshake", "µs").bound(100),
                most("process start", "start", "to the first echo", "ms")
                        .share(1.5, "jetty")
                        .then("1 × jetty"),
                least("static 1 kB", "static", "requests", "1/s").share(0.9, "jetty"),
                most("start to HTTP", "start", "to the ready line", "ms")
                        .bound(1_200)
                        .then("800"),
                most("settled", "memory", "RSS", "MB").bound(85).then("64"),
                most("update", "update", "longest wait per update", "ms")
                        .bound(100)
                        .everyTime()
                        .then("50"),
                most("update", "update", "lost, doubled or dropped", "")
                        .bound(0)
                        .everyTime());
    }

    private static Budget most(String title, String figure, String quantity, String unit) {
        return new Budget(title, new Results.Row(figure, quantity, unit), true, 0, "", false, "");
    }

    private static Budget least(String title, String figure, String quantity, String unit) {
        return new Budget(title, new Results.Row(figure, quantity, unit), false, 0, "", false, "");
    }

    private Budget bound(double value) {
        return new Budget(title, row, most, value, peer, worst, later);
    }

    private Budget share(double value, String of) {
        return new Budget(title, row, most, value, of, worst, later);
    }

    private Budget everyTime() {
        return new Budget(title, row, most, factor, peer, true, later);
    }

    private Budget then(String next) {
        return new Budget(title, row, most, factor, peer, worst, next);
    }

    /** The budget in words, with what it comes to in a run: {@code ≤ 0.8 × netty = 5.54}. */
    String words(Results results) {
        StringBuilder words = new StringBuilder(most ? "≤ " : "≥ ");
        if (peer.isEmpty()) {
            words.append(TableReport.number(factor));
        } else {
            words.append(String.format(Locale.ROOT, "%s × %s", share(), peer));
            bound(results).ifPresent(bound -> words.append(" = ").append(TableReport.number(bound)));
        }
        return later.isEmpty() ? words.toString() : words + ", then " + later;
    }

    /** Whether it is met: {@code met}, {@code missed} or, if what it takes was not measured, {@code –}. */
    String verdict(Results results) {
        Optional<Summary> own = results.summary(row, FieldgateContender.NAME);
        Optional<Double> bound = bound(results);
        if (own.isEmpty() || bound.isEmpty()) {
            return "–";
        }
        double value = value(own.get());
        boolean met = most ? value <= bound.get() : value >= bound.get();
        return met ? "met" : "missed";
    }

    /** What of a server's values counts. */
    double value(Summary summary) {
        if (!worst) {
            return summary.median();
        }
        return most ? summary.greatest() : summary.least();
    }

    private Optional<Double> bound(Results results) {
        return peer.isEmpty()
                ? Optional.of(factor)
                : results.summary(row, peer).map(summary -> summary.median() * factor);
    }

    private String share() {
        return factor == Math.rint(factor) ? String.valueOf((int) factor) : String.valueOf(factor);
    }
}
