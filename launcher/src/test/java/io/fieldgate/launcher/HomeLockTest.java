package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {

    @TempDir
    private Path folder;

    private Home home;

    @BeforeEach
    void makeHome() throws IOException {
        home = new Home(folder);
        new HomeFolders(home).createData();
    }

    @Test
    void isNotHeldBeforeAnybodyTookIt() throws IOException {
        assertFalse(HomeLock.isHeld(home));
    }

    @Test
    void keepsASecondOneOut() throws IOException, InterruptedException {
        HomeLock first = HomeLock.take(home).orElseThrow();

        assertTrue(HomeLock.take(home).isEmpty());
        assertTrue(HomeLock.isHeld(home));
        first.close();
    }

    @Test
    void isFreeAgainAfterClose() throws IOException, InterruptedException {
        HomeLock.take(home).orElseThrow().close();

        assertFalse(HomeLock.isHeld(home));
        HomeLock.take(home).orElseThrow().close();
    }
}
