package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetupQuestionsTest {

    private static final String PASSWORD = "correct horse";

    private final List<String> told = new ArrayList<>();

    @Test
    void takesTheDefaultForAnEmptyAnswer() throws Exception {
        assertEquals("0.0.0.0", questions("").get("Address", "0.0.0.0", SetupAnswers::host));
        assertEquals(Optional.empty(), questions(" ").maybe("Certificate", SetupAnswers::file));
        assertTrue(told.isEmpty());
    }

    @Test
    void asksAgainUntilTheAnswerWillDo() throws Exception {
        int port = questions("https", "0", "70000", "443").get("Port", "8443", SetupAnswers::port);
        assertEquals(443, port);
        assertEquals(3, told.size());
        assertEquals("'https' is no port: a number from 1 to 65535", told.get(0));
        assertEquals(Optional.empty(), questions("/not/there.pem", "").maybe("Certificate", SetupAnswers::file));
        assertEquals("/not/there.pem is no file that can be read", told.get(3));
    }

    @Test
    void asksForThePasswordUntilItIsTheSameTwice() throws Exception {
        assertEquals(
                PASSWORD,
                questions("short", PASSWORD, "correct mouse", PASSWORD, PASSWORD)
                        .password("admin"));
        assertEquals(
                List.of(
                        "a password has at least 10 characters and at most 72 bytes",
                        "the two passwords are not the same"),
                told);
    }

    @Test
    void endsWhenNobodyAnswers() {
        assertThrows(CommandFailure.class, () -> questions().get("Port", "8443", SetupAnswers::port));
        assertThrows(CommandFailure.class, () -> questions(PASSWORD).password("admin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "192.0.2.77", "host.invalid", "1.2.3"})
    void refusesAHostThatIsNotThisMachine(String host) {
        assertThrows(IllegalArgumentException.class, () -> SetupAnswers.host(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "localhost"})
    void takesAHostOfThisMachine(String host) {
        assertEquals(host, SetupAnswers.host(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Admin", "a b", "it's", "-a"})
    void refusesANameThatTheGatewayWould(String name) {
        assertThrows(IllegalArgumentException.class, () -> SetupAnswers.name(name));
    }

    @Test
    void saysTheAddressAsTheGatewayDoes() {
        assertEquals("https://[::1]:443/", new SetupAnswers("::1", 443, "a", PASSWORD, Optional.empty()).url());
        assertEquals("::1", SetupAnswers.host("[::1]"));
    }

    private SetupQuestions questions(String... answers) {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(answers));
        return new SetupQuestions(new SetupQuestions.Person() {
            @Override
            public String ask(String question) {
                return left.poll();
            }

            @Override
            public String askUnseen(String question) {
                return left.poll();
            }

            @Override
            public void tell(String line) {
                told.add(line);
            }
        });
    }
}
