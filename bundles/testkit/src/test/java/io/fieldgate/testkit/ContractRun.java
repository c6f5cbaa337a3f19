package io.fieldgate.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    static ContractRun of(Class<?> contract) {
        ContractRun run = new ContractRun();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(contract))
                        .build(),
                run);
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
