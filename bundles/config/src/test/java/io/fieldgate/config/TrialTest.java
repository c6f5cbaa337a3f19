package io.fieldgate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

class TrialTest {

    private static final Map<String, Object> VALUES = Map.of("height.m", 3.5);

    private final FakeComponents components = new FakeComponents("test.sim");
    private long nanos;

    @Test
    void waitsForABundleThatIsNotStarted() {
        Trial trial = trial(Bundle.RESOLVED);

        pass(Trial.BUNDLE_PATIENCE_MS - 1);
        assertEquals(Optional.empty(), trial.look());

        pass(Trial.PATIENCE_MS);
        assertEquals(Optional.of(ComponentProbe.Sight.OPEN), trial.look());
    }

    @Test
    void leavesOutAComponentWithOtherValues() {
        components.show(ComponentConfigurationDTO.ACTIVE, "test.sim~tank", Map.of("height.m", 2.0));
        Trial trial = trial(Bundle.ACTIVE);

        trial.look();
        pass(Trial.CONFIRM_MS);

        assertEquals(Optional.empty(), trial.look());
    }

    @Test
    void leavesOutAComponentOfAnotherConfiguration() {
        components.show(ComponentConfigurationDTO.FAILED_ACTIVATION, "test.sim~other", VALUES);
        Trial trial = trial(Bundle.ACTIVE);

        trial.look();
        pass(Trial.CONFIRM_MS);

        assertEquals(Optional.empty(), trial.look());
    }

    @Test
    void endsWhenTheComponentIsSeenToRunTwice() {
        components.show(ComponentConfigurationDTO.ACTIVE, "test.sim~tank", VALUES);
        Trial trial = trial(Bundle.ACTIVE);

        assertEquals(Optional.empty(), trial.look());
        pass(Trial.CONFIRM_MS);

        assertEquals(Optional.of(ComponentProbe.State.RUNNING), trial.look().map(ComponentProbe.Sight::state));
    }

    private Trial trial(int bundleState) {
        Target target = new Target("test.sim", "tank", TestBundles.inState(1, bundleState), TestMetatype.tank());
        return new Trial(new ComponentProbe(components), target, VALUES, () -> nanos);
    }

    private void pass(long ms) {
        nanos += TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
