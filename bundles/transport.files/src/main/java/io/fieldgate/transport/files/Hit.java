package io.fieldgate.transport.files;

import java.util.List;
import java.util.Optional;

/** What there is at the path of a request. */
sealed interface Hit {

    /** There is nothing. */
    Hit NOTHING = new Nothing(false);

    /**
     * A file.
     *
     * @param settings of its folder
     * @param name the last segment of its name, without what a compressed file has at its end
     * @param content the file, or the compressed one beside it
     * @param encoding how it is compressed
     * @param varies whether another client might get it compressed otherwise
     */
    record File(MountSettings settings, String name, Content content, Optional<Encodings> encoding, boolean varies)
            implements Hit {}

    /** A folder whose path lacks the slash at its end. */
    record Folder() implements Hit {}

    /**
     * A folder without an index, which is to be listed.
     *
     * @param settings of the folder
     * @param names in it
     * @param top whether it is the mounted folder itself
     */
    record Listing(MountSettings settings, List<String> names, boolean top) implements Hit {}

    /**
     * Nothing.
     *
     * @param away whether a folder is not there that should be
     */
    record Nothing(boolean away) implements Hit {}
}
