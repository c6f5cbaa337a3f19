package io.fieldgate.transport.files;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where files come from: a folder on disk, or one of a bundle. Safe for use by many threads. */
interface Source {

    /** What is under a name. */
    enum Kind {
        /** A file that may be served. */
        FILE,
        /** A folder. */
        FOLDER,
        /** Nothing that may be served. */
        NOTHING,
        /** The source itself is not there. */
        AWAY
    }

    /**
     * What is under a name now.
     *
     * @param kind what it is
     * @param content of a file; absent for the rest
     */
    record Found(Kind kind, Optional<Content> content) {

        static final Found NOTHING = new Found(Kind.NOTHING, Optional.empty());
        static final Found FOLDER = new Found(Kind.FOLDER, Optional.empty());
        static final Found AWAY = new Found(Kind.AWAY, Optional.empty());

        static Found file(Content content) {
            return new Found(Kind.FILE, Optional.of(content));
        }
    }

    /**
     * Looks for a file or folder.
     *
     * @param name as in {@link RequestPath#name()}
     */
    Found find(String name) throws IOException;

    /** Whether it is worth to look for a file: a quick answer that may be yes where there is nothing. */
    boolean mayHave(String name);

    /**
     * Names in a folder.
     *
     * @return sorted, folders with a slash at their end; nothing hidden
     */
    List<String> list(String name) throws IOException;
}
