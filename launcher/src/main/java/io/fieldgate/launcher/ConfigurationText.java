package io.fieldgate.launcher;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The text of a configuration file, in which some values change and all other lines stay as they are.
 *
 * @param text as {@link Properties} reads it
 */
record ConfigurationText(String text) {

    /** The keys and their values. */
    Map<String, String> values() throws CommandFailure {
        return values(text);
    }

    /**
     * The text with other values.
     *
     * @param changes keys with the values that they get; those that are not there yet come at the end
     * @param dropped keys that go, with their lines
     * @throws CommandFailure if the text has a broken escape
     */
    ConfigurationText with(Map<String, String> changes, Set<String> dropped) throws CommandFailure {
        Map<String, String> left = new LinkedHashMap<>(changes);
        StringBuilder next = new StringBuilder();
        for (String entry : entries()) {
            Set<String> keys = values(entry).keySet();
            if (keys.stream().anyMatch(left::containsKey)) {
                keys.forEach(key -> next.append(line(key, left.remove(key))));
            } else if (keys.stream().noneMatch(key -> changes.containsKey(key) || dropped.contains(key))) {
                next.append(entry).append('\n');
            }
        }
        left.forEach((key, value) -> next.append(line(key, value)));
        return new ConfigurationText(next.toString());
    }

    /** The lines; one that goes on in the next stays together with it. */
    private List<String> entries() {
        List<String> entries = new ArrayList<>();
        boolean goesOn = false;
        for (String line : text.lines().toList()) {
            if (goesOn) {
                int last = entries.size() - 1;
                entries.set(last, entries.get(last) + '\n' + line);
            } else {
                entries.add(line);
            }
            String shown = line.stripLeading();
            boolean comment = !goesOn && (shown.startsWith("#") || shown.startsWith("!"));
            goesOn = !comment && isOpen(line);
        }
        return entries;
    }

    private static boolean isOpen(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static String line(String key, String value) {
        return key + '=' + value.replace("\\", "\\\\") + '\n';
    }

    private static Map<String, String> values(String text) throws CommandFailure {
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitStatus.FAILED, "a configuration file has a broken escape: " + e.getMessage(), e);
        }
        Map<String, String> values = new LinkedHashMap<>();
        lines.stringPropertyNames().forEach(key -> values.put(key, lines.getProperty(key)));
        return values;
    }
}
