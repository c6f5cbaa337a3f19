package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OsgiLoggerTest {

    private static final Logger TARGET = Logger.getLogger("test.osgi");

    private final List<LogRecord> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final org.osgi.service.log.Logger logger = new OsgiLog().getLogger("test.osgi");

    @BeforeEach
    void listen() {
        TARGET.setUseParentHandlers(false);
        TARGET.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        TARGET.removeHandler(handler);
    }

    @Test
    void keepsAThrowableThatComesAsAnArgument() {
        IllegalStateException cause = new IllegalStateException("why");

        logger.error("bundle {} failed", "x", cause);

        assertEquals("bundle x failed", logged.get(0).getMessage());
        assertSame(cause, logged.get(0).getThrown());
        assertEquals(Level.SEVERE, logged.get(0).getLevel());
    }

    @Test
    void leavesAThrowableInTheMiddleWhereItIs() {
        logger.warn("{} and {}", new IllegalStateException("first"), "second");

        assertEquals(
                "java.lang.IllegalStateException: first and second",
                logged.get(0).getMessage());
    }

    @Test
    void keepsAuditMessages() {
        logger.audit("somebody came in");

        assertEquals(Level.INFO, logged.get(0).getLevel());
    }

    @Test
    @SuppressWarnings("deprecation") // Felix's Configuration Admin still logs this way.
    void takesTheOldWayToo() {
        Logger framework = Logger.getLogger("framework");
        framework.addHandler(handler);
        try {
            new OsgiLog().log(org.osgi.service.log.LogService.LOG_WARNING, "old");
        } finally {
            framework.removeHandler(handler);
        }

        assertEquals(Level.WARNING, logged.get(0).getLevel());
    }
}
