package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The help of each command that this bundle has, found in its classes. */
class HelpTest {

    private static final int LINE_MAX = 80;
    private static final Pattern WORD = Pattern.compile("(?<![\\w:-])(--?[a-z]+|[A-Z]{2,}|N(?= |]|$))");

    @Test
    void knowsTheRoleThatEachCommandNeeds() throws Exception {
        assertEquals(
                List.copyOf(CommandRoles.listed()),
                commands().map(HelpTest::name).sorted().toList());
    }

    @TestFactory
    Stream<DynamicTest> saysAllThereIsToSay() throws Exception {
        return commands().map(command -> DynamicTest.dynamicTest(command.getName(), () -> check(command)));
    }

    /** Gogo takes the names of methods, and those with get, set and is before them, as commands. */
    @Test
    void hasNoOtherPublicMethods() throws Exception {
        for (Class<?> type : types()) {
            for (Method method : type.getDeclaredMethods()) {
                assertTrue(
                        !java.lang.reflect.Modifier.isPublic(method.getModifiers())
                                || method.isAnnotationPresent(Descriptor.class)
                                || (Function.class.isAssignableFrom(type)
                                        && method.getName().equals("execute")),
                        method::toString);
            }
        }
    }

    /** What is {@code -t} in the name of a command is {@code T} in that of the method. */
    private static String name(Method command) {
        return "fg:" + command.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static void check(Method command) {
        String summary = command.getAnnotation(Descriptor.class).value();
        assertTrue(summary.matches("[a-z][^\n.]{10,60}"), summary);
        assertEquals(List.of(CommandSession.class, String[].class), List.of(command.getParameterTypes()));
        Descriptor descriptor = command.getParameters()[1].getAnnotation(Descriptor.class);
        assertNotNull(descriptor, "the arguments are not described");
        String text = descriptor.value();
        List<String> lines = text.lines().toList();
        String synopsis = lines.get(0);
        assertEquals(name(command), synopsis.split(" ", 2)[0]);
        assertTrue(lines.get(1).matches("[A-Z].{20,}"), text);
        for (String line : lines) {
            assertTrue(line.length() <= LINE_MAX, line);
        }
        List<String> explained =
                lines.stream().filter(line -> line.matches(" {2}\\S.*")).toList();
        Matcher words = WORD.matcher(synopsis);
        while (words.find()) {
            String word = words.group();
            assertTrue(
                    explained.stream()
                            .anyMatch(line -> WORD.matcher(line)
                                    .results()
                                    .anyMatch(found -> found.group().equals(word))),
                    () -> word + " is not explained in\n" + text);
        }
        for (String line : explained) {
            String first = line.strip().split("[ ,]", 2)[0];
            assertTrue(synopsis.contains(first), () -> first + " is explained but not in " + synopsis);
        }
        assertFalse(text.contains("\t"), text);
    }

    private static Stream<Method> commands() throws Exception {
        return types().stream()
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Descriptor.class));
    }

    private static List<Class<?>> types() throws IOException, URISyntaxException, ClassNotFoundException {
        Path folder = Path.of(ShellServer.class.getResource("ShellServer.class").toURI())
                .getParent();
        List<Class<?>> types = new java.util.ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.matches("\\w+(Command|Commands)\\.class")) {
                    types.add(Class.forName("io.fieldgate.shell." + name.replace(".class", "")));
                }
            }
        }
        return types;
    }
}
