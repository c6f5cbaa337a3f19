package io.fieldgate.driver.serial;

import io.fieldgate.api.driver.TableLine;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A form of line, with named groups. It must fit the whole line, and is given up after a number of steps. */
final class LinePattern {

    /** Some milliseconds; a pattern that is well made needs a few for each character. */
    private static final int STEPS = 100_000;

    private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

    private final String name;
    private final Pattern pattern;
    private final Set<String> groups = new LinkedHashSet<>();

    private LinePattern(String name, Pattern pattern) {
        this.name = name;
        this.pattern = pattern;
        Matcher matcher = GROUP.matcher(pattern.pattern());
        while (matcher.find()) {
            groups.add(matcher.group(1));
        }
    }

    static LinePattern of(TableLine line, String key) {
        String text = line.required(key);
        try {
            return new LinePattern(line.name(), Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw line.wrong(key + "=" + text + " is no regular expression: " + e.getDescription() + " at character "
                    + (e.getIndex() + 1));
        }
    }

    String name() {
        return name;
    }

    Set<String> groups() {
        return groups;
    }

    /**
     * The groups of a line of this form that took part; empty if it is of another form.
     *
     * @throws BoundedText.ExhaustedException if it cannot be found out in bounded time
     */
    Optional<Map<String, String>> match(String line) {
        Matcher matcher = pattern.matcher(new BoundedText(line, STEPS));
        try {
            if (!matcher.matches()) {
                return Optional.empty();
            }
        } catch (StackOverflowError e) {
            throw new BoundedText.ExhaustedException();
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (String group : groups) {
            if (matcher.start(group) >= 0) {
                found.put(group, line.substring(matcher.start(group), matcher.end(group)));
            }
        }
        return Optional.of(found);
    }
}
