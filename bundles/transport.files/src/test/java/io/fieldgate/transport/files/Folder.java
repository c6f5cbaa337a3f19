package io.fieldgate.transport.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A folder with files of a known time, and sites that show it. */
final class Folder {

    /** When each file was changed. */
    static final Instant CHANGED = Instant.parse("2026-03-01T12:00:00Z");

    final Path path;

    Folder(Path path) throws IOException {
        this.path = Files.createDirectories(path);
    }

    Folder file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Folder file(String name, byte[] content) throws IOException {
        Path file = path.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(CHANGED));
        return this;
    }

    Layer layer(String mount, String spa, boolean listing) {
        return new Layer(
                new DiskFolder(path, new FileCache(), Clock.systemUTC()),
                new MountSettings(
                        mount,
                        MountSettings.INDEX,
                        Optional.of(spa).filter(file -> !file.isEmpty()),
                        listing,
                        new Caching(0, Caching.HASHED),
                        new MediaTypes(List.of()),
                        Map.of()));
    }

    /** A site with this folder alone. */
    Site at(String mount) {
        return site(mount, layer(mount, "", false));
    }

    static Site site(String mount, Layer... layers) {
        Site site = new Site(mount);
        site.show(List.of(layers));
        return site;
    }
}
