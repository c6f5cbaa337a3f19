package io.fieldgate.shell;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes the names of commands, with and without their scope, and their arguments. */
final class CommandCompleter implements Completer {

    private static final List<String> SCOPES = List.of("fg", "felix");
    private static final String HELP = "felix:help";

    private final Supplier<Set<String>> commands;
    private final Completions arguments;

    /**
     * Makes a completer.
     *
     * @param commands the commands that there are now, each with its scope
     * @param arguments what can be their arguments
     */
    CommandCompleter(Supplier<Set<String>> commands, Completions arguments) {
        this.commands = commands;
        this.arguments = arguments;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word =
                line.word().substring(0, Math.min(line.wordCursor(), line.word().length()));
        String command = line.words().isEmpty() ? "" : scoped(line.words().get(0));
        if (line.wordIndex() == 0 || command.equals(HELP) || command.equals(RestrictedLine.HELP)) {
            names(word).forEach(name -> candidates.add(candidate(name)));
        } else if (commands.get().contains(command)) {
            arguments
                    .of(command, line.words().subList(1, line.wordIndex()), word)
                    .forEach(name -> candidates.add(candidate(name)));
        }
    }

    /** The name of a command with its scope; of two scopes the one that Gogo takes. */
    private String scoped(String name) {
        Set<String> all = commands.get();
        return name.contains(":")
                ? name
                : SCOPES.stream()
                        .map(scope -> scope + ':' + name)
                        .filter(all::contains)
                        .findFirst()
                        .orElse(name);
    }

    /** With a scope as soon as one is begun; without one the bare names, and the scopes to go on with. */
    private Set<String> names(String word) {
        Set<String> all = commands.get();
        if (word.contains(":")) {
            return all;
        }
        Set<String> names = new TreeSet<>(Set.of(CommandSessions.EXIT));
        all.stream().flatMap(CommandCompleter::parts).forEach(names::add);
        return names;
    }

    private static Stream<String> parts(String command) {
        int colon = command.indexOf(':');
        return Stream.of(command.substring(0, colon + 1), command.substring(colon + 1))
                .filter(part -> !part.isEmpty());
    }

    /** What ends like this is to be gone on with, so no blank follows it. */
    private static Candidate candidate(String name) {
        boolean whole = !name.endsWith("/") && !name.endsWith(":");
        return new Candidate(name, name, null, null, null, null, whole);
    }
}
