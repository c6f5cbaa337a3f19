package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoTest {

    @Test
    void takesBackTheLastFirstAndEachOnce() throws Exception {
        List<String> done = new ArrayList<>();
        Undo undo = new Undo();
        undo.atEnd(() -> done.add("files"));
        undo.atEnd(() -> done.add("gateway"));
        undo.close();
        undo.close();
        assertEquals(List.of("gateway", "files"), done);
    }
}
