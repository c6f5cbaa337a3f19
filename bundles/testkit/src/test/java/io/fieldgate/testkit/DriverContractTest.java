package io.fieldgate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each test of the contract is seen to pass for a good driver, and to fail for one that is bad in just that way. */
class DriverContractTest {

    static Stream<Arguments> badDrivers() {
        return Stream.of(
                bad(
                        BadDrivers.BadId.class,
                        "answersForAPointItDoesNotHave",
                        "bearsToBeAskedForNothingItHas",
                        "isPublishedAsADriver",
                        "refusesToWriteAPointItDoesNotHave",
                        "showsItsDevicesUnderItsOwnId"),
                bad(BadDrivers.ShowsAnothersDevice.class, "showsItsDevicesUnderItsOwnId"),
                bad(BadDrivers.ShowsADeviceTwice.class, "showsItsDevicesUnderItsOwnId"),
                bad(BadDrivers.GivesATruthAUnit.class, "describesItsPoints"),
                bad(BadDrivers.ShowsSomethingElseEachTime.class, "showsTheSameDevicesAgain"),
                bad(
                        BadDrivers.AnswersInAnOrderOfItsOwn.class,
                        "answersInTheOrderAsked",
                        "answersForAPointItDoesNotHave"),
                bad(BadDrivers.SaysAnotherType.class, "readsWhatItHasDeclared"),
                bad(BadDrivers.SaysWhatIsNoNumber.class, "readsWhatItHasDeclared"),
                bad(BadDrivers.SaysWhatIsOutOfItsRange.class, "readsWhatItHasDeclared"),
                bad(BadDrivers.NeverAnswers.class, "readsWhatItHasDeclared"),
                bad(BadDrivers.FailsTheBatchForOnePoint.class, "answersForAPointItDoesNotHave"),
                bad(
                        BadDrivers.ThrowsForWhatItDoesNotHave.class,
                        "answersForAPointItDoesNotHave",
                        "bearsToBeAskedForNothingItHas"),
                bad(BadDrivers.ConfirmsWithAnotherType.class, "confirmsWhatItWrites", "takesTheEndsOfARange"),
                bad(BadDrivers.ConfirmsBadly.class, "confirmsWhatItWrites", "takesTheEndsOfARange"),
                bad(BadDrivers.DoesNotTakeItsEnds.class, "takesTheEndsOfARange"),
                bad(BadDrivers.PushesAnothersPoint.class, "pushesItsOwnPointsOnly"),
                bad(BadDrivers.WritesWhatCanOnlyBeRead.class, "refusesToWriteWhatCanOnlyBeRead"),
                bad(BadDrivers.WritesWhatItDoesNotHave.class, "refusesToWriteAPointItDoesNotHave"),
                bad(BadDrivers.TalksAfterItsStop.class, "pushesNothingAfterItsStop"),
                bad(BadDrivers.LeavesAThread.class, "endsItsThreadsWhenItStops", "leavesNothingBehindAfterManyLives"),
                bad(BadDrivers.LeavesAFileOpen.class, "leavesNothingBehindAfterManyLives"),
                bad(BadDrivers.IsBoundToOneThread.class, "isNotBoundToOneThread"),
                bad(
                        BadDrivers.KeepsTheHardware.class,
                        "givesTheHardwareToItsSuccessor",
                        "leavesNothingBehindAfterManyLives"),
                bad(BadDrivers.CannotBeStoppedBeforeItsStart.class, "canBeStoppedWithoutAStart"),
                bad(BadDrivers.StartsWithoutHardware.class, "canBeStoppedAfterAFailedStart"));
    }

    private static Arguments bad(Class<?> subject, String... failing) {
        return Arguments.of(subject, Set.of(failing));
    }

    @ParameterizedTest
    @MethodSource("badDrivers")
    void failsForABadDriverAndSaysWhat(Class<?> subject, Set<String> failing) {
        ContractRun run = ContractRun.of(subject);

        assertEquals(failing, run.failed().keySet(), () -> run.failed().toString());
        run.failed()
                .forEach((test, message) -> assertTrue(message.length() > 40, () -> test + " says only: " + message));
    }

    @Test
    void passesWholeForADriverThatKeepsIt() {
        ContractRun run = ContractRun.of(BadDrivers.Good.class);

        assertEquals(Map.of(), run.failed());
        assertEquals(Set.of(), run.skipped());
        assertTrue(run.passed().size() >= 19, () -> run.passed().toString());
    }

    @Test
    void failsForADriverWhoseStopHangsAndGoesOn() {
        ContractRun run =
                ContractRun.of(BadDrivers.HangsInStop.class, "canBeStoppedWithoutAStart", "endsItsThreadsWhenItStops");

        assertEquals(
                Set.of("canBeStoppedWithoutAStart", "endsItsThreadsWhenItStops"),
                run.failed().keySet());
        run.failed()
                .values()
                .forEach(message -> assertTrue(message.startsWith("stop has not returned within 2000 ms"), message));
    }

    static final class DoesNotWrite extends BadDrivers.Subject {
        @Override
        protected Driver driver() {
            return new BadDrivers.Pump() {
                @Override
                public Reading write(PointId point, Value value) throws DriverException {
                    assertTrue(!point.equals(BadDrivers.SPEED), "written though it must not be");
                    return super.write(point, value);
                }
            };
        }

        @Override
        protected Optional<Value> valueFor(PointInfo point) {
            return Optional.empty();
        }
    }

    @Test
    void writesNothingThatTheAuthorDoesNotWantToBeWritten() {
        assertEquals(Map.of(), ContractRun.of(DoesNotWrite.class).failed());
    }
}
