package io.fieldgate.driver.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFileTest {

    @TempDir
    private Path folder;

    private final Batch batch = new Batch(System::nanoTime);

    @Test
    void isReadOnceInABatch() throws IOException {
        Path path = Files.writeString(folder.resolve("counter"), "1");
        KernelFile file = new KernelFile(path, batch);
        assertEquals(1, file.fields().number());

        Files.writeString(path, "2");
        assertEquals(1, file.fields().number());

        batch.next();
        assertEquals(2, file.fields().number());
    }

    @Test
    void failsOnceInABatch() throws IOException {
        Path path = folder.resolve("counter");
        KernelFile file = new KernelFile(path, batch);
        NoSuchFileException first = assertThrows(NoSuchFileException.class, file::fields);

        Files.writeString(path, "2");
        assertSame(first, assertThrows(NoSuchFileException.class, file::fields));

        batch.next();
        assertEquals(2, file.fields().number());
    }

    @Test
    void isNotPaddedWithWhatWasThereBefore() throws IOException {
        Path path = Files.writeString(folder.resolve("counter"), "123456");
        KernelFile file = new KernelFile(path, batch);
        file.fields();

        Files.writeString(path, "7");
        batch.next();

        assertEquals(7, file.fields().number());
    }

    @Test
    void leavesAloneWhatLiesBeyondItsBound() throws IOException {
        Path path = Files.writeString(folder.resolve("endless"), "x".repeat(300_000));

        assertEquals(256 * 1024, new KernelFile(path, batch).text().length());
    }
}
