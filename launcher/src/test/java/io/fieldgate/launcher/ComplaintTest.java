package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ComplaintTest {

    @Test
    void makesASentenceOfWhatTheFileSystemSays() {
        assertEquals("no permission for /srv/gate", Complaint.sentence(new AccessDeniedException("/srv/gate")));
        assertEquals("/srv/gate does not exist", Complaint.sentence(new NoSuchFileException("/srv/gate")));
        assertEquals(
                "/srv/gate is there already, and is not what it should be",
                Complaint.sentence(new FileAlreadyExistsException("/srv/gate")));
        assertEquals(
                "/srv/gate: No space left on device",
                Complaint.sentence(new FileSystemException("/srv/gate", null, "No space left on device")));
        assertEquals(
                "/srv/gate cannot be used (FileSystemException)",
                Complaint.sentence(new FileSystemException("/srv/gate")));
    }

    @Test
    void keepsWhatIsASentenceAlready() {
        assertEquals("the disk is full", Complaint.sentence(new IOException("the disk is full")));
        assertEquals(
                "/srv/gate (Is a directory)",
                Complaint.sentence(new FileNotFoundException("/srv/gate (Is a directory)")));
    }

    @Test
    void saysItInOneLineAndGivesTheStatus() {
        StringWriter said = new StringWriter();
        CommandFailure failure = new CommandFailure(ExitStatus.NOT_RUNNING, "nothing\nruns");

        assertEquals(ExitStatus.NOT_RUNNING, Complaint.about(failure, false, new PrintWriter(said)));
        assertEquals("fieldgate: nothing runs\n", said.toString());
    }
}
