package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents promise is true. */
class ReadmeIT {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```");
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\s*(?:\\$ )?(\\S*launcher/run|mvn)\\b(.*)$");
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern CLASS_NAME = Pattern.compile("class (\\w+)");
    private static final int LONGEST_EXAMPLE = 30;

    @Test
    void itsHandlerCompilesAndIsShort(@TempDir Path folder) throws IOException {
        String code = block("java");
        assertTrue(
                code.lines().count() <= LONGEST_EXAMPLE,
                () -> "the example has " + code.lines().count() + " lines");
        Matcher name = CLASS_NAME.matcher(code);
        assertTrue(name.find(), code);

        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of(
                                "-proc:none",
                                "-d",
                                folder.toString(),
                                "-classpath",
                                System.getProperty("java.class.path")),
                        null,
                        List.of(new Source(name.group(1), code)))
                .call();
        assertTrue(compiled, messages::toString);
    }

    @Test
    void itsFirstCommandsRunTheGatewayAndBuildIt() throws IOException {
        List<String> commands = COMMAND.matcher(readme())
                .results()
                .map(found -> (found.group(1) + found.group(2)).trim())
                .toList();
        assertTrue(commands.size() >= 2, commands::toString);
        assertTrue(commands.get(0).contains("launcher/run"), commands::toString);
        assertTrue(commands.get(1).startsWith("mvn verify"), commands::toString);
        assertTrue(Files.isExecutable(Sources.root().resolve("launcher/run")));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void itsLinksLeadSomewhere(Path document) throws IOException {
        List<String> dead = LINK.matcher(
                        BLOCK.matcher(Files.readString(document)).replaceAll(""))
                .results()
                .map(found -> found.group(1))
                .filter(target -> !target.contains(":"))
                .filter(target -> !Files.exists(document.resolveSibling(target)))
                .toList();
        assertEquals(List.of(), dead);
    }

    /** All documents of the project: those at its root, in {@code docs/} and of the bundles. */
    static Stream<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(Sources.root(), 4)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
            assertFalse(found.isEmpty());
            return found.stream();
        }
    }

    private static String readme() throws IOException {
        return Files.readString(Sources.root().resolve("README.md"));
    }

    private static String block(String language) throws IOException {
        return BLOCK.matcher(readme())
                .results()
                .filter(found -> found.group(1).equals(language))
                .map(found -> found.group(2))
                .findFirst()
                .orElseThrow(() -> new AssertionError("README.md has no block of " + language));
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String code;

        private Source(String className, String code) {
            super(
                    URI.create("string:///" + className + JavaFileObject.Kind.SOURCE.extension),
                    JavaFileObject.Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
