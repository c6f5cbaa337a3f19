package io.fieldgate.launcher.features;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.osgi.service.feature.FeatureConfiguration;

/** Writes a feature's default configurations in the form of {@code etc/}. */
final class DefaultFiles {

    private DefaultFiles() {}

    /** Writes one configuration as {@code <pid>.cfg} or {@code <factory pid>-<name>.cfg}. */
    static void write(Path folder, FeatureConfiguration configuration) throws IOException {
        // The PID of a factory configuration is "<factory pid>~<name>" (OSGi Compendium 8.1, 104.4.2).
        Path file = folder.resolve(configuration.getPid().replace('~', '-') + ".cfg");
        StringBuilder text = new StringBuilder("# Written once, when the home was made; yours to change.\n");
        for (Map.Entry<String, Object> entry : new TreeMap<>(configuration.getValues()).entrySet()) {
            text.append(entry.getKey())
                    .append('=')
                    .append(text(entry.getValue()))
                    .append('\n');
        }
        Files.writeString(file, text);
    }

    private static String text(Object value) {
        StringJoiner list = new StringJoiner(",");
        if (value instanceof Collection<?> values) {
            values.forEach(one -> list.add(text(one)));
            return list.toString();
        }
        if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                list.add(text(Array.get(value, i)));
            }
            return list.toString();
        }
        return String.valueOf(value).replace("\\", "\\\\");
    }
}
