package io.fieldgate.transport.files;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One look at a file, and one call of the system.
 *
 * @param stamp by what it is known again
 * @param directory whether it is a folder
 * @param regular whether it is a file, and no device or pipe
 */
record Look(Stamp stamp, boolean directory, boolean regular) {

    /** Not all there is: for the names of owner and group others would have to be asked. */
    private static final String UNIX = "unix:fileKey,size,lastModifiedTime,ctime,isDirectory,isRegularFile";

    private static final boolean IS_UNIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    static Look at(Path file, LinkOption... options) throws IOException {
        if (!IS_UNIX) {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class, options);
            FileTime modified = seen.lastModifiedTime();
            Stamp stamp = new Stamp(Optional.ofNullable(seen.fileKey()), seen.size(), modified, modified);
            return new Look(stamp, seen.isDirectory(), seen.isRegularFile());
        }
        Map<String, Object> seen = Files.readAttributes(file, UNIX, options);
        Stamp stamp = new Stamp(
                Optional.ofNullable(seen.get("fileKey")),
                (Long) seen.get("size"),
                (FileTime) seen.get("lastModifiedTime"),
                seen.get("ctime"));
        return new Look(stamp, (Boolean) seen.get("isDirectory"), (Boolean) seen.get("isRegularFile"));
    }

    /**
     * By what a file is known again.
     *
     * @param key which file it is
     * @param size in bytes
     * @param modified what whoever wrote the file says of its time
     * @param changed what the system says, where it does: nobody can set it back
     */
    record Stamp(Optional<Object> key, long size, FileTime modified, Object changed) {

        String tag() {
            Instant instant = modified.toInstant();
            return Long.toHexString(size)
                    + '-'
                    + Long.toHexString(instant.getEpochSecond())
                    + '-'
                    + Integer.toHexString(instant.getNano())
                    + '-'
                    + Integer.toHexString(key.map(Object::toString).orElse("").hashCode());
        }
    }
}
