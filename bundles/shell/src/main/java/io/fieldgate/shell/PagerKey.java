package io.fieldgate.shell;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.jline.utils.ClosedException;
import org.jline.utils.NonBlockingReader;

/** What a key means to the pager. */
enum PagerKey {
    SCREEN,
    LINE,
    REST,
    QUIT,

    /** A key that means nothing. */
    OTHER;

    private static final int CTRL_C = 3;
    private static final int CTRL_D = 4;
    private static final int ESCAPE = 27;

    /** The rest of what one key sends comes at once; the wait is for a slow line. */
    private static final long SEQUENCE_MS = 100;

    /** Waits for a key that means something; the end of the terminal means that no more is wanted. */
    static PagerKey read(NonBlockingReader keys) throws IOException {
        try {
            PagerKey key = OTHER;
            while (key == OTHER) {
                key = of(keys.read(), keys);
            }
            return key;
        } catch (ClosedException | InterruptedIOException e) {
            return QUIT;
        }
    }

    private static PagerKey of(int key, NonBlockingReader keys) throws IOException {
        return switch (key) {
            case ' ', 'f' -> SCREEN;
            case '\r', '\n', 'j' -> LINE;
            case 'G', '>' -> REST;
            case 'q', 'Q', CTRL_C, CTRL_D, NonBlockingReader.EOF -> QUIT;
            case ESCAPE -> ofSequence(sequence(keys));
            default -> OTHER;
        };
    }

    private static String sequence(NonBlockingReader keys) throws IOException {
        StringBuilder rest = new StringBuilder();
        for (int next = keys.read(SEQUENCE_MS); next >= 0; next = keys.read(SEQUENCE_MS)) {
            rest.append((char) next);
            boolean ended = rest.length() > 1 && (Character.isLetter(next) || next == '~');
            if (ended || rest.length() > 8) {
                break;
            }
        }
        return rest.toString();
    }

    private static PagerKey ofSequence(String sequence) {
        return switch (sequence) {
            case "[B", "OB" -> LINE;
            case "[6~" -> SCREEN;
            case "[F", "OF", "[4~", "[8~" -> REST;
            default -> OTHER;
        };
    }
}
