package io.fieldgate.itest.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The devices that a gateway is to have, as files of {@code etc/}. */
final class Devices {

    private final Map<String, String> files = new LinkedHashMap<>();

    /** Adds a device, or settings. */
    Devices with(String file, String... lines) {
        files.put(file, String.join("\n", lines) + '\n');
        return this;
    }

    void configure(Path etc) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(etc.resolve(file.getKey()), file.getValue());
        }
    }
}
