package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class ConsoleLogTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final ConsoleLog console = new ConsoleLog(shown, new LogLine(false), Level.WARNING);

    @Test
    void holdsBackUntilTheStartHasGoneWell() {
        publish(Level.WARNING, "early");
        assertEquals("", text());

        console.show();
        assertTrue(text().contains("early"));

        publish(Level.SEVERE, "later");
        assertTrue(text().contains("later"));
    }

    @Test
    void leavesOutWhatIsBelowItsLevel() {
        publish(Level.INFO, "chatter");
        console.show();
        publish(Level.INFO, "chatter");

        assertEquals("", text());
    }

    @Test
    void holdsBackABoundedNumber() {
        for (int i = 0; i < 1_000; i++) {
            publish(Level.WARNING, "again");
        }
        console.show();

        assertEquals(200, text().lines().count());
    }

    private void publish(Level level, String text) {
        LogRecord entry = new LogRecord(level, text);
        entry.setLoggerName("test");
        console.publish(entry);
    }

    private String text() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
