package io.fieldgate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.handler.SocketHandler;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each test of the contract is seen to pass for a good handler, and to fail for one that is bad in just that way. */
class SocketHandlerContractTest {

    static Stream<Arguments> badHandlers() {
        return Stream.of(
                bad(BadHandlers.NoPath.class, "declaresWhatTheGatewayTakes"),
                bad(BadHandlers.Unpublished.class, "isPublishedAsAHandler"),
                bad(BadHandlers.AdmitsNull.class, "admitsOrRefusesEveryRequest"),
                bad(BadHandlers.HangsInAdmit.class, "admitsOrRefusesEveryRequest"),
                bad(BadHandlers.ChoosesWhatIsNotOffered.class, "admitsOrRefusesEveryRequest"),
                bad(BadHandlers.FailsForEmptyTexts.class, "bearsEmptyMessages"),
                bad(
                        BadHandlers.TakesAllForText.class,
                        "bearsBinaryMessages",
                        "bearsEmptyMessages",
                        "bearsTheGreatestMessage"),
                bad(BadHandlers.FailsForGreatOnes.class, "bearsTheGreatestMessage"),
                bad(BadHandlers.FailsForGarbage.class, "bearsGarbage"),
                bad(BadHandlers.MixesSessions.class, "keepsManySessionsApart"),
                bad(BadHandlers.FailsWhenNothingIsTaken.class, "bearsASessionThatTakesNothing"),
                bad(BadHandlers.FailsInClosed.class, "bearsAClientThatGoesAtOnce"),
                bad(BadHandlers.Hoards.class, "forgetsASessionThatIsClosed", "forgetsASessionThatIsParked"),
                bad(
                        BadHandlers.TalksOn.class,
                        "forgetsASessionThatIsClosed",
                        "forgetsASessionThatIsParked",
                        "sendsNothingToASessionThatIsClosed",
                        "sendsNothingToASessionThatIsParked"),
                bad(
                        BadHandlers.LeavesTooMuch.class,
                        "forgetsASessionThatIsParked",
                        "goesOnInAnotherInstance",
                        "sendsNothingToASessionThatIsParked"),
                bad(BadHandlers.DoesNotKnowWhomItResumes.class, "goesOnInAnotherInstance"),
                bad(BadHandlers.ClosesWhatItResumes.class, "goesOnInAnotherInstance"),
                bad(BadHandlers.WaitsAgainstItsPromise.class, "doesNotWaitIfItHasPromisedSo"));
    }

    private static Arguments bad(Class<?> subject, String... failing) {
        return Arguments.of(subject, Set.of(failing));
    }

    @ParameterizedTest
    @MethodSource("badHandlers")
    void failsForABadHandlerAndSaysWhat(Class<?> subject, Set<String> failing) {
        ContractRun run = ContractRun.of(subject);

        assertEquals(failing, run.failed().keySet(), () -> run.failed().toString());
        run.failed()
                .forEach((test, message) -> assertTrue(message.length() > 40, () -> test + " says only: " + message));
    }

    static final class GoodHandler extends BadHandlers.Subject {
        @Override
        protected SocketHandler handler() {
            return new BadHandlers.Plain();
        }
    }

    @Test
    void passesWholeForAHandlerThatKeepsIt() {
        ContractRun run = ContractRun.of(GoodHandler.class);

        assertEquals(Map.of(), run.failed());
        assertEquals(Set.of(), run.skipped());
        assertTrue(run.passed().size() >= 17, () -> run.passed().toString());
    }

    @Test
    void comparesNoAnswersWhereTheyDifferByNature() {
        assertEquals(Map.of(), ContractRun.of(BadHandlers.Numbers.class).failed());
    }

    static final class PublishedHandler extends BadHandlers.Plain {}

    static final class Published extends SocketHandlerContract {
        @Override
        protected SocketHandler handler() {
            return new PublishedHandler();
        }
    }

    @Test
    void readsWhatTheBundleSaysOfTheComponentAndLeavesOutWhatDoesNotApply() {
        ContractRun run = ContractRun.of(Published.class);

        assertEquals(Map.of(), run.failed());
        assertEquals(
                Set.of(
                        "doesNotWaitIfItHasPromisedSo",
                        "forgetsASessionThatIsParked",
                        "goesOnInAnotherInstance",
                        "sendsNothingToASessionThatIsParked"),
                run.skipped());
    }

    static final class Nameless extends SocketHandlerContract {
        @Override
        protected SocketHandler handler() {
            return new BadHandlers.Plain();
        }
    }

    @Test
    void saysWhatToDoIfTheHandlerIsNoComponent() {
        ContractRun run = ContractRun.of(Nameless.class);

        assertTrue(
                run.failed().get("declaresWhatTheGatewayTakes").contains("override properties()"),
                () -> run.failed().toString());
    }
}
