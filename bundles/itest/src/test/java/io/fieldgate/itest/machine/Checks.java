package io.fieldgate.itest.machine;

import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Checks with names, which are run one after the other and told as lines of the Test Anything Protocol. */
final class Checks {

    /** One check: throws if it fails, else returns what is to be noted, or nothing. */
    @FunctionalInterface
    interface Check {
        String run() throws IOException, InterruptedException;
    }

    private final Map<String, Check> checks = new LinkedHashMap<>();
    private final PrintStream out;

    Checks(PrintStream out) {
        this.out = out;
    }

    Checks add(String name, Check check) {
        checks.put(name, check);
        return this;
    }

    /**
     * Runs all.
     *
     * @return how many have failed
     */
    int run() throws InterruptedException {
        out.println("1.." + checks.size());
        int failed = 0;
        int number = 0;
        for (Map.Entry<String, Check> check : checks.entrySet()) {
            number++;
            try {
                String note = check.getValue().run();
                out.println("ok " + number + " " + check.getKey() + (note.isEmpty() ? "" : ": " + note));
            } catch (IOException | RuntimeException | AssertionError e) {
                failed++;
                out.println("not ok " + number + " " + check.getKey());
                e.toString().lines().forEach(line -> out.println("# " + line));
            }
        }
        return failed;
    }
}
