package io.fieldgate.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a command takes, read from the text that its help shows, so that the two cannot differ. All commands are read by it: the
 * text is the {@code @Descriptor} of their arguments, where Gogo's {@code help} finds it, and {@code --help} prints it too.
 *
 * <p>The first line is how the command is written: options in brackets, then operands in capitals; one in brackets may be left out, one
 * with … stands for several. A line that begins with two blanks explains an option ({@code -l, --long}, {@code -n COUNT}) or an
 * operand. The rest is prose.
 */
final class Usage {

    private static final String HELP = "--help";
    private static final Pattern PART = Pattern.compile("\\[[^]]*]|\\S+");
    private static final Pattern OPTION = Pattern.compile(" {2}(-\\S+?)(?:, (--\\S+))?(?: ([A-Z]+))? {2,}\\S.*");

    /** What a command does with what it was given. */
    interface Body {

        /** Does it and returns what there is to print. */
        String answer(Arguments given) throws Exception;
    }

    /** An option: its last name, and what its value is called, nothing if it takes none. */
    private record Option(String name, String value) {}

    private final String text;
    private final String synopsis;
    private final List<String> operands = new ArrayList<>();
    private final Map<String, Option> options = new LinkedHashMap<>();
    private final int fewest;
    private final int most;

    private Usage(String text) {
        this.text = text.strip();
        synopsis = this.text.lines().findFirst().orElse("");
        Matcher part = PART.matcher(synopsis);
        part.find();
        while (part.find()) {
            if (!part.group().startsWith("[-")) {
                operands.add(part.group());
            }
        }
        text.lines().map(OPTION::matcher).filter(Matcher::matches).forEach(this::option);
        fewest = Math.toIntExact(
                operands.stream().filter(operand -> !operand.startsWith("[")).count());
        most = operands.stream().anyMatch(operand -> operand.contains("…")) ? Integer.MAX_VALUE : operands.size();
    }

    /** Reads what the help of a command says. */
    static Usage of(String text) {
        return new Usage(text);
    }

    private void option(Matcher line) {
        String last = line.group(2) == null ? line.group(1) : line.group(2);
        Option option = new Option(last, line.group(3) == null ? "" : line.group(3));
        options.put(line.group(1), option);
        options.put(last, option);
    }

    /** The names of all options. */
    Set<String> options() {
        Set<String> names = new TreeSet<>(options.keySet());
        names.add(HELP);
        return names;
    }

    /** What the value of an option is called; nothing if it takes none, or is none. */
    String value(String option) {
        Option known = options.get(option);
        return known == null ? "" : known.value();
    }

    /**
     * Runs a command, or answers with its help.
     *
     * @param given the arguments as the shell has them
     * @throws IllegalArgumentException if they are wrong, with one line that says what is, and what is right
     */
    String answer(String[] given, Body body) throws Exception {
        if (List.of(HELP).equals(asList(given))) {
            return text;
        }
        Arguments arguments = read(asList(given));
        try {
            return body.answer(arguments);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name() + ": " + e.getMessage(), e);
        }
    }

    /** Runs a command that prints what it has to say itself. */
    void run(Screen screen, String[] given, Body body) throws Exception {
        String rest = answer(given, body);
        if (!rest.isEmpty()) {
            screen.out().println(rest);
        }
    }

    private List<String> asList(String[] given) {
        List<String> list = new ArrayList<>();
        for (String argument : given) {
            if (argument == null) {
                throw wrong("an argument has no value, maybe a variable that is not set");
            }
            list.add(argument);
        }
        return list;
    }

    private Arguments read(List<String> given) {
        List<String> plain = new ArrayList<>();
        Map<String, String> chosen = new TreeMap<>();
        boolean ended = false;
        for (int i = 0; i < given.size(); i++) {
            String argument = given.get(i);
            if (ended || !argument.matches("-[^0-9.].*")) {
                plain.add(argument);
            } else if (argument.equals("--")) {
                ended = true;
            } else {
                Option option = option(argument);
                if (!option.value().isEmpty()) {
                    i++;
                    if (i == given.size()) {
                        throw wrong(argument + " needs a " + option.value());
                    }
                }
                chosen.put(option.name(), option.value().isEmpty() ? "" : given.get(i));
            }
        }
        return new Arguments(counted(plain), chosen);
    }

    private Option option(String argument) {
        Option option = options.get(argument);
        if (option == null) {
            List<String> known = new ArrayList<>(options.keySet());
            known.add(HELP);
            throw wrong("there is no option " + argument
                    + (known.size() == 1 ? ", only " : ", there are ")
                    + known.stream().distinct().collect(Collectors.joining(", ")));
        }
        return option;
    }

    private List<String> counted(List<String> plain) {
        if (plain.size() < fewest) {
            String missing = operands.get(plain.size());
            throw wrong(
                    missing.endsWith("…")
                            ? "one " + missing.replace("…", "") + " or more is needed"
                            : "a " + missing + " is needed");
        }
        if (plain.size() > most) {
            String excess = '"' + plain.get(most) + '"';
            throw wrong(most == 0 ? "it takes no arguments, got " + excess : excess + " is one argument too many");
        }
        return plain;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(name() + ": " + what + ". Usage: " + synopsis);
    }

    private String name() {
        return synopsis.split(" ", 2)[0];
    }
}
