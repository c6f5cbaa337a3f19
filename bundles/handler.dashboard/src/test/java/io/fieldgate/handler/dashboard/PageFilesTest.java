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
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The page is made of its own files only, so it works where there is no other host, and under a strict policy. */
class PageFilesTest {

    private static final String CLIENT = "../client/fieldgate.js";
    private static final Path FOLDER = Path.of("src/main/resources/page");
    private static final String LOGIN = "../api/login";
    private static final List<String> PAGES = List.of("index.html", "login/index.html");
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href|action)=\"([^\"]*)\"");
    private static final Pattern IMPORT = Pattern.compile("from \"([^\"]*)\"");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?m:^\\s*//.*$)", Pattern.DOTALL);

    static List<Path> files() throws IOException {
        try (Stream<Path> found = Files.walk(FOLDER)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @ParameterizedTest
    @FieldSource("PAGES")
    void refersToItsOwnFilesOnly(String page) throws IOException {
        List<String> references = references(page);

        assertTrue(references.size() >= 4, references::toString);
        for (String reference : references) {
            Path file = FOLDER.resolve(page).resolveSibling(reference);
            assertFalse(reference.contains(":") || reference.startsWith("/"), reference);
            assertTrue(Files.isRegularFile(file) || Files.isRegularFile(file.resolve("index.html")), reference);
        }
    }

    /** Before someone has logged in there is nothing but this folder. */
    @Test
    void theLoginPageNeedsNothingButItsFolder() throws IOException {
        assertTrue(references("login/index.html").stream().noneMatch(reference -> reference.contains("/")));
        assertTrue(Files.readString(FOLDER.resolve("login/index.html"))
                .contains("method=\"post\" action=\"" + LOGIN + '"'));
        assertEquals(List.of(), found(IMPORT, Files.readString(FOLDER.resolve("login/login.js"))));
    }

    /** What browsers and password managers go by. */
    @Test
    void theLoginPageSaysWhatItsFieldsAre() throws IOException {
        String html = Files.readString(FOLDER.resolve("login/index.html"));

        for (String field : List.of("name", "password", "next")) {
            assertTrue(html.contains("name=\"" + field + '"'), field);
        }
        assertTrue(html.contains("autocomplete=\"username\""));
        assertTrue(html.contains("autocomplete=\"current-password\""));
        assertTrue(html.contains("<label for=\"name\">") && html.contains("<label for=\"password\">"));
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
        for (String page : PAGES) {
            String html = Files.readString(FOLDER.resolve(page));
            assertEquals(List.of(), found(Pattern.compile("(<style|\\sstyle=|\\son[a-z]+=|javascript:)"), html));
            assertEquals(List.of(), found(Pattern.compile("(<script(?![^>]*\\ssrc=)[^>]*>)"), html));
        }
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

    /** What a page refers to, but for its own parts and for the one thing that another bundle serves. */
    private static List<String> references(String page) throws IOException {
        return found(REFERENCE, Files.readString(FOLDER.resolve(page))).stream()
                .filter(reference -> !reference.startsWith("#") && !reference.equals(LOGIN))
                .toList();
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
