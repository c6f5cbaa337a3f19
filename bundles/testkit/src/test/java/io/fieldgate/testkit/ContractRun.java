package io.fieldgate.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract test as an author would, and keeps how each of its tests ended. */
final class ContractRun implements TestExecutionListener {

    private final Set<String> passed = new TreeSet<>();
    private final Set<String> skipped = new TreeSet<>();
    private final Map<String, String> failed = new TreeMap<>();

    /** Runs some tests of it; all if none is named. */
    static ContractRun of(Class<?> contract, String... tests) {
        List<? extends DiscoverySelector> selected = tests.length == 0
                ? List.of(selectClass(contract))
                : Stream.of(tests).map(test -> selectMethod(contract, test)).toList();
        ContractRun run = new ContractRun();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request().selectors(selected).build(), run);
        return run;
    }

    Set<String> passed() {
        return passed;
    }

    Set<String> skipped() {
        return skipped;
    }

    /** The names of the tests that failed, with what they said. */
    Map<String, String> failed() {
        return failed;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String name = test.getLegacyReportingName().replace("()", "");
        if (!test.isTest()) {
            return;
        }
        switch (result.getStatus()) {
            case SUCCESSFUL -> passed.add(name);
            case ABORTED -> skipped.add(name);
            default ->
                failed.put(
                        name, result.getThrowable().map(Throwable::getMessage).orElse(""));
        }
    }
}
