package io.fieldgate.shell;

import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.Parser;

/** Takes a text of commands apart where one ends and the next begins, so that the result of each can be shown. */
final class Statements {

    private Statements() {}

    /**
     * The statements of a text, in order: at a semicolon and at the end of a line one ends. What hangs together by {@code |},
     * {@code &&}, {@code ||} or {@code &} is one.
     *
     * @throws RuntimeException Gogo's, with a line that says so, if the text is no program
     */
    static List<String> of(String text) {
        List<String> statements = new ArrayList<>();
        int from = 0;
        for (Parser.Executable part : new Parser(text).program().tokens()) {
            if (part instanceof Parser.Operator && isEnd(part.toString())) {
                statements.add(text.substring(from, part.start()));
                from = part.start() + part.length();
            }
        }
        statements.add(text.substring(from));
        statements.removeIf(String::isBlank);
        return statements;
    }

    private static boolean isEnd(String operator) {
        return operator.equals(";") || operator.equals("\n");
    }
}
