package io.fieldgate.launcher;

import java.util.Optional;
import java.util.function.Function;

/** Asks a person what {@code setup} is to do, each question until the answer will do. */
final class SetupQuestions {

    private final Person person;

    SetupQuestions(Person person) {
        this.person = person;
    }

    /** Who is asked. */
    interface Person {

        /** Asks; null if there is no answer any more. */
        String ask(String question);

        /** Asks for what must not be seen; null if there is no answer any more. */
        String askUnseen(String question);

        /** Says something. */
        void tell(String line);
    }

    /**
     * Gets a text.
     *
     * @param preset what an empty answer stands for
     * @param check gives what the text means, or an {@link IllegalArgumentException} that says what is wrong with it
     */
    <T> T get(String question, String preset, Function<String, T> check) throws CommandFailure {
        while (true) {
            String answer = given(person.ask(question + " [" + preset + "]: ")).strip();
            try {
                return check.apply(answer.isEmpty() ? preset : answer);
            } catch (IllegalArgumentException e) {
                person.tell(e.getMessage());
            }
        }
    }

    /** Gets a text that an empty answer does without. */
    <T> Optional<T> maybe(String question, Function<String, T> check) throws CommandFailure {
        while (true) {
            String answer = given(person.ask(question + ": ")).strip();
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(check.apply(answer));
            } catch (IllegalArgumentException e) {
                person.tell(e.getMessage());
            }
        }
    }

    /** Gets a new password, twice. */
    String password(String user) throws CommandFailure {
        while (true) {
            String first = given(person.askUnseen("New password for " + user + ": "));
            try {
                SetupAnswers.password(first);
                if (first.equals(given(person.askUnseen("Once more: ")))) {
                    return first;
                }
                person.tell("the two passwords are not the same");
            } catch (IllegalArgumentException e) {
                person.tell(e.getMessage());
            }
        }
    }

    private static String given(String answer) throws CommandFailure {
        if (answer == null) {
            throw new CommandFailure(ExitStatus.FAILED, "broken off, nothing was changed");
        }
        return answer;
    }
}
