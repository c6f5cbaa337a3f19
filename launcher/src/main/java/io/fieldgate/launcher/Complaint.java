package io.fieldgate.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What a user is told of a command that failed: one line. */
final class Complaint {

    private Complaint() {}

    /**
     * Says what went wrong.
     *
     * @return the status to end with
     */
    static int about(Exception failure, boolean verbose, PrintWriter err) {
        put(sentence(failure), err);
        if (verbose) {
            failure.printStackTrace(err);
            err.flush();
        }
        return failure instanceof CommandFailure known ? known.status() : ExitStatus.FAILED;
    }

    /** Puts a line out. */
    static void put(String line, PrintWriter err) {
        err.println("fieldgate: " + line.replaceAll("\\R+", " "));
        err.flush();
    }

    /** The JDK's exceptions of the file system often have nothing but the file's name as their message. */
    static String sentence(Exception failure) {
        if (failure instanceof FileSystemException problem && problem.getFile() != null) {
            return sentence(problem);
        }
        String message = failure.getMessage();
        if (message == null) {
            return failure.toString();
        }
        return failure instanceof IOException && message.indexOf(' ') < 0 ? failure.toString() : message;
    }

    private static String sentence(FileSystemException problem) {
        String file = problem.getFile();
        if (problem instanceof AccessDeniedException) {
            return "no permission for " + file;
        }
        if (problem instanceof FileAlreadyExistsException) {
            return file + " is there already, and is not what it should be";
        }
        if (problem instanceof NoSuchFileException) {
            return file + " does not exist";
        }
        if (problem instanceof NotDirectoryException) {
            return file + " is not a folder";
        }
        return problem.getReason() == null
                ? file + " cannot be used (" + problem.getClass().getSimpleName() + ")"
                : file + ": " + problem.getReason();
    }
}
