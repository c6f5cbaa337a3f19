package io.fieldgate.shell;

import java.util.List;

/**
 * The first operand of a command that can do several things, and what follows it.
 *
 * @param name what is to be done
 * @param words the rest
 */
record Verb(String name, List<String> words) {

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is none of those that there are
     */
    static Verb of(Arguments given, List<String> known) {
        String name = given.operands().get(0);
        if (!known.contains(name)) {
            throw new IllegalArgumentException(
                    "what can be done is " + String.join(", ", known) + ", got \"" + name + '"');
        }
        return new Verb(name, given.operands().subList(1, given.operands().size()));
    }

    /**
     * The words, if they are as many as are needed.
     *
     * @param needed what they are called
     * @throws IllegalArgumentException if there are more or fewer
     */
    List<String> takes(String... needed) {
        if (words.size() < needed.length) {
            throw new IllegalArgumentException(name + " needs a " + needed[words.size()]);
        }
        if (words.size() > needed.length) {
            throw new IllegalArgumentException('"' + words.get(needed.length) + "\" is one too many for " + name);
        }
        return words;
    }
}
