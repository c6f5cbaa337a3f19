package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OpenSSH's client, which asks nobody anything. The keys are in {@code data/} of the gateway's home. */
final class SshClient {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern LISTENS =
            Pattern.compile("SSH listens on 127\\.0\\.0\\.1:(\\d+), host key \\S+ (SHA256:\\S+),");

    private SshClient() {}

    /** Makes a key pair whose comment says what it is. */
    static void makeKey(Path home, String name, String type, String comment) throws Exception {
        String file = home.resolve("data").resolve(name).toString();
        Outcome.of(new ProcessBuilder("ssh-keygen", "-q", "-t", type, "-N", "", "-C", comment, "-f", file), LIMIT)
                .orFail();
    }

    /** The words of a call. */
    static List<String> words(GatewayProcess gateway, String key, String... command) {
        Path home = gateway.home().path();
        List<String> words = new ArrayList<>(List.of("ssh", "-F", "none"));
        for (String option : List.of(
                "BatchMode=yes",
                "IdentitiesOnly=yes",
                "IdentityAgent=none",
                "StrictHostKeyChecking=accept-new",
                "UserKnownHostsFile=" + home.resolve("data/known_hosts"))) {
            words.addAll(List.of("-o", option));
        }
        words.addAll(List.of("-i", home.resolve("data").resolve(key).toString()));
        words.addAll(List.of("-p", listens(gateway).group(1), "technician@127.0.0.1"));
        words.addAll(List.of(command));
        return words;
    }

    static Outcome run(GatewayProcess gateway, String key, String... command) throws Exception {
        return Outcome.of(new ProcessBuilder(words(gateway, key, command)), LIMIT);
    }

    /** The gateway's line that says where it listens: port and fingerprint. */
    static Matcher listens(GatewayProcess gateway) {
        Matcher line = LISTENS.matcher(gateway.log());
        assertTrue(line.find(), gateway::log);
        return line;
    }
}
