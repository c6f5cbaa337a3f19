package io.fieldgate.shell;

import org.apache.felix.gogo.runtime.Parser;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.DefaultParser;

/** Tells the line editor where a command ends, as Gogo sees it: whether a line goes on, and which words belong to the cursor's command. */
final class CommandParser extends DefaultParser {

    private static final String SEPARATORS = ";|&\n(){}=";

    CommandParser() {
        setEofOnUnclosedQuote(false);
        setEofOnEscapedNewLine(false);
    }

    /**
     * Takes a line apart.
     *
     * @throws EOFError if the line is entered but not complete
     */
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.COMPLETE) {
            int begin = beginOfCommand(line, cursor);
            return super.parse(line.substring(begin), cursor - begin, context);
        }
        if (context == ParseContext.ACCEPT_LINE) {
            check(line);
        }
        return super.parse(line, cursor, context);
    }

    /** What is wrong otherwise is said when the line is run. */
    private static void check(String line) {
        try {
            new Parser(line).program();
        } catch (org.apache.felix.gogo.runtime.EOFError e) {
            throw new EOFError(e.line(), e.column(), e.getMessage());
        } catch (RuntimeException e) {
            return;
        }
    }

    private static int beginOfCommand(String line, int cursor) {
        int begin = 0;
        char quote = 0;
        for (int i = 0; i < cursor; i++) {
            char character = line.charAt(i);
            if (quote != 0) {
                quote = character == quote ? 0 : quote;
            } else if (character == '\'' || character == '"') {
                quote = character;
            } else if (SEPARATORS.indexOf(character) >= 0) {
                begin = i + 1;
            }
        }
        return begin;
    }
}
