package io.fieldgate.handler.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The page is made of its own files only, so it works where there is no other host, and under a strict policy. */
class PageFilesTest {

    private static final String CLIENT = "../client/fieldgate.js";
    private static final Path FOLDER = Path.of("src/main/resources/page");
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]*)\"");
    private static final Pattern IMPORT = Pattern.compile("from \"([^\"]*)\"");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?m:^\\s*//.*$)", Pattern.DOTALL);

    static List<Path> files() throws IOException {
        try (Stream<Path> found = Files.walk(FOLDER)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void refersToItsOwnFilesOnly() throws IOException {
        List<String> references = found(REFERENCE, Files.readString(FOLDER.resolve("index.html")));

        assertTrue(references.size() >= 5, references::toString);
        for (String reference : references) {
            if (!reference.startsWith("#")) {
                assertFalse(reference.contains(":") || reference.startsWith("/"), reference);
                assertTrue(Files.isRegularFile(FOLDER.resolve(reference)), reference);
            }
        }
    }

    /** Besides it imports the client, which a bundle of its own serves. */
    @Test
    void importsItsOwnModulesOnly() throws IOException {
        for (Path file : files()) {
            if (file.toString().endsWith(".js") && !file.toString().contains("uplot")) {
                for (String module : found(IMPORT, Files.readString(file))) {
                    assertTrue(
                            module.equals(CLIENT) || Files.isRegularFile(file.resolveSibling(module)),
                            file + " imports " + module);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void namesNoOtherHost(Path file) throws IOException {
        if (file.endsWith("LICENSE")) {
            return;
        }
        String text = COMMENT.matcher(Files.readString(file)).replaceAll("");
        // The name of the SVG vocabulary is no address that anybody asks for.
        text = text.replace("http://www.w3.org/2000/svg", "");

        assertEquals(List.of(), found(Pattern.compile("((?:https?|wss?)://[^\\s\"')]*)"), text));
        assertEquals(List.of(), found(Pattern.compile("(url\\([^)]*\\)|@import)"), text));
    }

    @Test
    void hasNothingInlineThatAStrictPolicyForbids() throws IOException {
        String html = Files.readString(FOLDER.resolve("index.html"));

        assertEquals(List.of(), found(Pattern.compile("(<style|\\sstyle=|\\son[a-z]+=|javascript:)"), html));
        assertEquals(List.of(), found(Pattern.compile("(<script(?![^>]*\\ssrc=)[^>]*>)"), html));
        for (Path file : files()) {
            if (file.toString().endsWith(".js")) {
                String script = Files.readString(file);
                assertEquals(List.of(), found(Pattern.compile("(\\beval\\(|new Function\\()"), script), file::toString);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "uPlot.iife.min.js, 19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f",
        "uPlot.min.css, df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04"
    })
    void shipsUPlotAsItWasPublished(String name, String sha256) throws Exception {
        byte[] content = Files.readAllBytes(FOLDER.resolve("dashboard/uplot").resolve(name));

        assertEquals(
                sha256,
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    }

    private static List<String> found(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
