package io.fieldgate.benchmark;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.benchmark.load.LoadException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenFilesTest {

    private static final String LIMITS = """
            Limit                     Soft Limit           Hard Limit           Units
            Max processes             95000                95000                processes
            Max open files            1024                 4096                 files
            """;

    @Test
    void theHardLimitCountsAndSomeFilesAreForOthers() {
        OpenFiles files = OpenFiles.of(LIMITS);

        assertTrue(files.allow(3_696));
        assertFalse(files.allow(3_697));
        assertThrows(LoadException.class, () -> files.require(10_000));
        assertDoesNotThrow(() -> files.require(1_000));
    }

    @Test
    void noLimitIsNone() {
        assertTrue(OpenFiles.of(LIMITS.replace("4096", "unlimited")).allow(1_000_000));
    }

    @Test
    void theCurveSaysWhereItEnds() {
        assertEquals(
                Optional.of(
                        "echo-curve ends before 10000 clients: a process may have 4096 files open, of which 400 are for"
                                + " others; raise ulimit -n"),
                new CurveFigure(OpenFiles.of(LIMITS)).note(Settings.thorough()));
        assertEquals(Optional.empty(), new CurveFigure(new OpenFiles(20_000)).note(Settings.thorough()));
    }
}
