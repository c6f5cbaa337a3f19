package io.fieldgate.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class TimerThreadTest {

    @Test
    void logsAnErrorOfATask() {
        Logger logger = Logger.getLogger(TimerThread.class.getName());
        List<Throwable> logged = new CopyOnWriteArrayList<>();
        Handler recorder = new Handler() {
            @Override
            public void publish(LogRecord line) {
                logged.add(line.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        LinkageError error = new LinkageError("boom");
        Timer timer = new TimerThread("fieldgate-test-timer");
        logger.addHandler(recorder);
        try {
            timer.after(Duration.ZERO, () -> {
                throw error;
            });

            Waiting.until(() -> logged.contains(error));
        } finally {
            logger.removeHandler(recorder);
            timer.close();
        }
    }
}
