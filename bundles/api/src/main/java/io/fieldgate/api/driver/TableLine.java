package io.fieldgate.api.driver;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One line of a table in a driver's configuration, such as one register or one input: a name, then settings.
 *
 * <pre>{@code level address=100 type=float32 unit=m min=0 max=4 description="level of the tank"}</pre>
 *
 * <p>Words are parted by spaces; a value with spaces stands in double quotes, in which {@code ""} is one quote. All drivers
 * have their tables in this form, so that an administrator learns it once; {@link #describe} takes what every point can have.
 *
 * <p>Whoever reads a line asks for each key that is possible and says {@link #end} last. Whatever is wrong is an
 * {@link IllegalArgumentException} that names the table, the line and what is allowed. Not for use by several threads.
 */
public final class TableLine {

    private static final String WHAT_A_LINE_IS = "a line is a name, then settings key=value, parted by spaces";

    private final String table;
    private final String name;
    private final Map<String, String> settings;
    private final Set<String> asked = new TreeSet<>();

    private TableLine(String table, List<String> words) {
        this.table = table;
        name = words.get(0);
        settings = new LinkedHashMap<>();
        for (String word : words.subList(1, words.size())) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw wrong("\"" + word + "\" is no setting: " + WHAT_A_LINE_IS);
            }
            if (settings.put(word.substring(0, equals), word.substring(equals + 1)) != null) {
                throw wrong(word.substring(0, equals) + " is there twice");
            }
        }
    }

    /**
     * Reads a line.
     *
     * @param table the key of the configuration that has the table, for messages
     * @param text the line
     * @return the line in its parts
     * @throws IllegalArgumentException if it is empty, a quote is not closed, or a word is no setting
     */
    public static TableLine of(String table, String text) {
        return new TableLine(table, words(table, text));
    }

    /**
     * Reads a table.
     *
     * @param table the key of the configuration that has it, for messages
     * @param lines the lines; empty ones are left out
     * @return the lines, in order
     * @throws IllegalArgumentException if a line cannot be read, or two have one name
     */
    public static List<TableLine> table(String table, String... lines) {
        Map<String, TableLine> read = new LinkedHashMap<>();
        for (String text : lines) {
            if (!text.isBlank()) {
                TableLine line = of(table, text);
                if (read.put(line.name(), line) != null) {
                    throw line.wrong("the name is there twice");
                }
            }
        }
        return List.copyOf(read.values());
    }

    private static List<String> words(String table, String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"') {
                if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    word.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (character == ' ' && !quoted) {
                add(words, word);
            } else {
                word.append(character);
            }
        }
        add(words, word);
        if (quoted || words.isEmpty()) {
            throw new IllegalArgumentException(
                    table + ": " + (quoted ? "a quote is not closed in \"" : "\"") + text + "\": " + WHAT_A_LINE_IS);
        }
        return words;
    }

    private static void add(List<String> words, StringBuilder word) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    /**
     * The first word.
     *
     * @return the name, not empty
     */
    public String name() {
        return name;
    }

    /**
     * Tells whether a key is there.
     *
     * @param key the key
     * @return true if the line has it
     */
    public boolean has(String key) {
        asked.add(key);
        return settings.containsKey(key);
    }

    /**
     * A text that may be missing.
     *
     * @param key the key
     * @return its value, or empty if the line does not have it
     */
    public Optional<String> text(String key) {
        return has(key) ? Optional.of(settings.get(key)) : Optional.empty();
    }

    /**
     * A text that may be missing.
     *
     * @param key the key
     * @param otherwise what counts if the line does not have it
     * @return its value
     */
    public String text(String key, String otherwise) {
        return text(key).orElse(otherwise);
    }

    /**
     * A text that must be there.
     *
     * @param key the key
     * @return its value
     * @throws IllegalArgumentException if the line does not have it
     */
    public String required(String key) {
        return text(key).orElseThrow(() -> wrong(key + " is missing"));
    }

    /**
     * A whole number that must be there.
     *
     * @param key the key
     * @param min the least that is allowed
     * @param max the greatest that is allowed
     * @return its value, written in decimal or as {@code 0x} and hexadecimal digits
     * @throws IllegalArgumentException if it is missing, no number, or out of range
     */
    public long integer(String key, long min, long max) {
        String text = required(key);
        try {
            long number = Long.decode(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same answer as for one that is out of range.
        }
        throw wrong(key + "=" + text + " is not allowed: it must be a whole number from " + min + " to " + max);
    }

    /**
     * A whole number that may be missing.
     *
     * @param key the key
     * @param min the least that is allowed
     * @param max the greatest that is allowed
     * @param otherwise what counts if the line does not have it
     * @return its value
     * @throws IllegalArgumentException if it is no number or out of range
     */
    public long integer(String key, long min, long max, long otherwise) {
        return has(key) ? integer(key, min, max) : otherwise;
    }

    /**
     * A number that may be missing.
     *
     * @param key the key
     * @param otherwise what counts if the line does not have it
     * @return its value, finite
     * @throws IllegalArgumentException if it is no finite number
     */
    public double decimal(String key, double otherwise) {
        Optional<String> text = text(key);
        return text.isPresent() ? number(key, text.get()) : otherwise;
    }

    /** A number that is part of the value of a key. */
    double number(String key, String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same answer as for one that is not finite.
        }
        throw wrong(key + "=" + text + " is not allowed: it must be a number");
    }

    /**
     * A yes or no that may be missing.
     *
     * @param key the key
     * @param otherwise what counts if the line does not have it
     * @return its value
     * @throws IllegalArgumentException if it is neither {@code true} nor {@code false}
     */
    public boolean truth(String key, boolean otherwise) {
        String text = text(key, Boolean.toString(otherwise));
        if (!text.equals("true") && !text.equals("false")) {
            throw wrong(key + "=" + text + " is not allowed: it must be true or false");
        }
        return text.equals("true");
    }

    /**
     * One of several words that may be missing.
     *
     * @param <E> what there is to choose from; the word for one is its name in lower case, {@code -} for {@code _}
     * @param key the key
     * @param otherwise what counts if the line does not have it
     * @return the choice
     * @throws IllegalArgumentException if it is none of the words
     */
    public <E extends Enum<E>> E choice(String key, E otherwise) {
        return text(key)
                .map(text -> one(key, text, otherwise.getDeclaringClass()))
                .orElse(otherwise);
    }

    /**
     * One of several words that must be there.
     *
     * @param <E> what there is to choose from; the word for one is its name in lower case, {@code -} for {@code _}
     * @param key the key
     * @param choices what there is to choose from
     * @return the choice
     * @throws IllegalArgumentException if it is missing or none of the words
     */
    public <E extends Enum<E>> E choice(String key, Class<E> choices) {
        return one(key, required(key), choices);
    }

    private <E extends Enum<E>> E one(String key, String text, Class<E> choices) {
        List<String> words = new ArrayList<>();
        for (E choice : choices.getEnumConstants()) {
            String word = choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (word.equals(text)) {
                return choice;
            }
            words.add(word);
        }
        throw wrong(key + "=" + text + " is not allowed: it must be one of " + String.join(", ", words));
    }

    /**
     * What each point can have, whatever its driver: {@code unit}, {@code description}, {@code min} and {@code max}, {@code
     * deadband} ({@code 0.5}, or {@code 2%} of the range), {@code period.ms}; and for one that can be written {@code role},
     * {@code allowed} ({@code 0|1|5}), {@code safe} and {@code confirm}.
     *
     * @param point the point
     * @param type the type of its values
     * @return its description so far, for the driver to go on with
     * @throws IllegalArgumentException if a setting is not possible for a point of this type
     */
    public PointInfo.Builder describe(PointId point, ValueType type) {
        return new PointKeys(this, type).describe(point);
    }

    /**
     * Says that nothing else is possible in this line.
     *
     * @throws IllegalArgumentException if it has a key that nobody has asked for; the message lists those that are known
     */
    public void end() {
        for (String key : settings.keySet()) {
            if (!asked.contains(key)) {
                throw wrong(key + " is unknown: known are " + String.join(", ", asked));
            }
        }
    }

    /**
     * Says that something of this line is not possible.
     *
     * @param what what is wrong, and what is allowed
     * @return an exception for the caller to throw; its message names the table and the line
     */
    public IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(where() + what);
    }

    /** Whether a message is one of {@link #wrong}. */
    boolean owns(IllegalArgumentException e) {
        return e.getMessage().startsWith(where());
    }

    private String where() {
        return table + ", line \"" + name + "\": ";
    }

    @Override
    public String toString() {
        return name + ' ' + settings;
    }
}
