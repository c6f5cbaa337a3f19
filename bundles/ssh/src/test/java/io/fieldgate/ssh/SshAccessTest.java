package io.fieldgate.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration, and what the log says at the start. */
class SshAccessTest {

    @TempDir
    private Path home;

    @BeforeEach
    void folders() throws IOException {
        TestGateway.folders(home);
    }

    @Test
    void saysWhereItListensAndWithWhichKey() throws Exception {
        try (LogLines log = new LogLines()) {
            SshAccess access = new SshAccess(home, TestConfig.FREE_PORT);
            try {
                assertTrue(
                        log.all().stream()
                                .anyMatch(Pattern.compile(
                                                "INFO SSH listens on 127\\.0\\.0\\.1:" + access.port()
                                                        + ", host key ecdsa-sha2-nistp256 SHA256:[A-Za-z0-9+/]{43}, 0 keys may log in")
                                        .asMatchPredicate()),
                        () -> log.all().toString());
            } finally {
                access.stop();
            }
        }
    }

    @Test
    void refusesAPortInUseAndNamesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            TestConfig config = TestConfig.FREE_PORT.withPort(taken.getLocalPort());
            String message = assertThrows(IllegalStateException.class, () -> new SshAccess(home, config))
                    .getMessage();
            assertTrue(message.startsWith("SSH cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": "), message);
        }
    }

    @Test
    void refusesWhatIsNotAllowedAndNamesKeyAndValue() {
        assertRefused(TestConfig.FREE_PORT.withPort(65_536), "port must be 0 to 65535, is 65536");
        assertRefused(TestConfig.FREE_PORT.withSessionsMax(0), "sessions.max must be 1 to 64, is 0");
        assertRefused(TestConfig.FREE_PORT.withIdle(0), "idle.s must be 10 to 86400, is 0");
        assertRefused(TestConfig.FREE_PORT.withKeys(" "), "keys must be the path of a file, is empty");
        assertRefused(
                TestConfig.FREE_PORT.withAddress(""),
                "address must be a name or an IP address of this machine, is empty");
        assertRefused(
                TestConfig.FREE_PORT.withAddress("no.such.invalid"),
                "address must be a name or an IP address of this machine, is no.such.invalid, which is unknown");
    }

    /** With them a file is refused before the component sees it. */
    @ParameterizedTest
    @CsvSource({"port,0,65535", "sessions.max,1,64", "idle.s,10,86400"})
    void declaresTheRangesThatItChecks(String key, String least, String greatest) throws IOException {
        try (InputStream in = SshAccess.class.getResourceAsStream(
                "/OSGI-INF/metatype/" + SshAccess.Config.class.getName() + ".xml")) {
            String metatype = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String attribute = metatype.substring(metatype.indexOf("id=\"" + key + '"'));
            attribute = attribute.substring(0, attribute.indexOf('>'));
            assertTrue(attribute.contains("min=\"" + least + '"'), attribute);
            assertTrue(attribute.contains("max=\"" + greatest + '"'), attribute);
        }
    }

    private void assertRefused(TestConfig config, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Settings.of(config, home))
                        .getMessage());
    }
}
