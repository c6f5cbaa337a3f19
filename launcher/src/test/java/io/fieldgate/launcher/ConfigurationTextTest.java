package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigurationTextTest {

    @Test
    void keepsAllOtherLines() throws Exception {
        String text = """
                # the port \\
                ! host=old
                host = 127.0.0.1

                paths = /live, \\
                    /host=x
                idle.s:30
                """;
        assertEquals(text.replace("host = 127.0.0.1", "host=0.0.0.0"), with(text, Map.of("host", "0.0.0.0")));
    }

    @Test
    void addsWhatIsNotThereYet() throws Exception {
        assertEquals("# no end\ntls=true\n", with("# no end", Map.of("tls", "true")));
        assertEquals("tls=true\n", with("", Map.of("tls", "true")));
    }

    @Test
    void replacesAnEntryOfSeveralLinesAndOneThatIsThereTwice() throws Exception {
        assertEquals("host=::1\na=b\n", with("ho\\\n  st = 1.2\\\n  .3.4\na=b\nhost other\n", Map.of("host", "::1")));
    }

    @Test
    void dropsWhatExcludesTheNewValues() throws Exception {
        ConfigurationText text = new ConfigurationText("store=a.p12\n# why\nclient.certificates=none\n");
        assertEquals(
                "# why\nclient.certificates=none\nkey=/b\n",
                text.with(Map.of("key", "/b"), Set.of("store")).text());
    }

    @Test
    void writesBackslashesSoThatTheyAreRead() throws Exception {
        ConfigurationText text = new ConfigurationText("").with(Map.of("key", "/a\\b"), Set.of());
        assertEquals(Map.of("key", "/a\\b"), text.values());
    }

    @Test
    void refusesABrokenEscape() {
        assertThrows(CommandFailure.class, () -> with("a=\\u12\n", Map.of("b", "c")));
    }

    private static String with(String text, Map<String, String> changes) throws CommandFailure {
        return new ConfigurationText(text).with(changes, Set.of()).text();
    }
}
