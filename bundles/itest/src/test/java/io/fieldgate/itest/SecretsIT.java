package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Outcome;
import io.fieldgate.testkit.Upgrade;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Uses every kind of secret, rightly and wrongly, with all that can be logged being logged, and then looks for them everywhere. */
class SecretsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PASSWORD = "correct-horse-4711";
    private static final String WRONG = "wrong-horse-4712";
    private static final Pattern COOKIE = Pattern.compile("fieldgate=([^;]+);");
    private static final Pattern TICKET = Pattern.compile("\"ticket\":\"([^\"]+)\"");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final StringBuilder answers = new StringBuilder();
    private final StringBuilder processes = new StringBuilder();

    @Test
    void noSecretIsInALogAnErrorAProcessListOrAFileThatOthersCanRead() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start()) {
            Path home = gateway.home().path();
            gateway.shell("fg:loglevel", "root", "debug").orFail();
            setPassword(gateway, PASSWORD);
            String token = Outcome.of(command(gateway, "token", "create", "ci", "--role", "operator"), LIMIT)
                    .orFail()
                    .strip()
                    .lines()
                    .reduce((first, last) -> last)
                    .orElseThrow();
            secrets.put("password", PASSWORD);
            secrets.put("wrong password", WRONG);
            secrets.put("token", token);
            secrets.put("wrong token", token.substring(0, token.length() - 4) + "AAAA");
            secrets.put(
                    "first admin token",
                    Files.readString(home.resolve("data/security/admin.token")).strip());

            useAll(gateway);

            Outcome shown = gateway.shell("fg:token list");
            answers.append(shown).append(gateway.shell("fg:user list")).append(gateway.shell("fg:sessions"));
            gateway.shell("fg:loglevel", "root", "info").orFail();
            String log = gateway.log();
            assertTrue(log.contains("DEBUG"), "nothing was logged at debug");
            assertAll(secrets.entrySet().stream()
                    .map(secret -> () -> assertAll(
                            secret.getKey(),
                            () -> assertAbsent(secret.getValue(), log, "the log"),
                            () -> assertAbsent(secret.getValue(), answers.toString(), "an answer"),
                            () -> assertAbsent(secret.getValue(), processes.toString(), "the process list"),
                            () -> assertEquals(List.of(), filesOfOthersWith(home, secret.getValue())),
                            () -> assertAbsent(
                                    secret.getValue(),
                                    Files.readString(home.resolve("data/security/audit.log")),
                                    "the audit log"),
                            () -> assertAbsent(
                                    secret.getValue(),
                                    Files.readString(home.resolve("data/security/users.json")),
                                    "users.json"),
                            () -> assertAbsent(
                                    secret.getValue(),
                                    Files.readString(home.resolve("data/security/logins.json")),
                                    "logins.json"))));
            try (Stream<Path> files = Files.walk(home.resolve("data/security"))) {
                for (Path file : files.toList()) {
                    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
                    assertTrue(OTHERS.stream().noneMatch(mode::contains), () -> file + " has " + mode);
                }
            }
        }
    }

    private void setPassword(GatewayProcess gateway, String password) throws Exception {
        Path input = Files.writeString(Files.createTempFile("password", ""), password + '\n');
        try {
            Process passwd = command(gateway, "passwd", "anna", "--role", "operator")
                    .redirectInput(input.toFile())
                    .redirectErrorStream(true)
                    .start();
            while (passwd.isAlive()) {
                ProcessHandle.allProcesses()
                        .forEach(process -> processes
                                .append(process.info().commandLine().orElse(""))
                                .append('\n'));
                Thread.onSpinWait();
            }
            String said = new String(passwd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, passwd.exitValue(), said);
            answers.append(said);
        } finally {
            Files.delete(input);
        }
    }

    private void useAll(GatewayProcess gateway) throws Exception {
        String token = secrets.get("token");
        String cookie = found(
                COOKIE,
                login(gateway.uri(), PASSWORD)
                        .headers()
                        .firstValue("Set-Cookie")
                        .orElse(""));
        secrets.put("cookie", cookie);
        assertEquals(401, login(gateway.uri(), WRONG).statusCode());
        String basic = Base64.getEncoder().encodeToString(("anna:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        secrets.put("basic", basic);
        assertEquals(200, status(request(gateway, "/api/me").header("Authorization", "Basic " + basic)));
        assertEquals(200, status(request(gateway, "/api/me").header("Authorization", "Bearer " + token)));
        assertEquals(
                401,
                status(request(gateway, "/api/me").header("Authorization", "Bearer " + secrets.get("wrong token"))));
        assertEquals(200, status(request(gateway, "/api/me").header("Cookie", "fieldgate=" + cookie)));
        HttpResponse<String> answer = http.send(
                request(gateway, "/api/tickets")
                        .header("Authorization", "Bearer " + token)
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        String ticket = found(TICKET, answer.body());
        secrets.put("ticket", ticket);
        try (WebSocketProbe byTicket =
                        WebSocketProbe.open(Upgrade.to(gateway.uri(), "/echo?fieldgate-ticket=" + ticket));
                WebSocketProbe bySubprotocol = WebSocketProbe.open(
                        Upgrade.to(gateway.uri(), "/echo").subprotocol("fieldgate.token." + token))) {
            byTicket.send("a").expect("a");
            bySubprotocol.send("b").expect("b");
            answers.append(gateway.shell("fg:sessions"));
            answers.append(bySubprotocol.answer().head());
        }
        answers.append(WebSocketProbe.ask(Upgrade.to(gateway.uri(), "/echo?fieldgate-ticket=" + ticket))
                .body());
        answers.append(http.send(
                        request(gateway, "/nothing/here?fieldgate-ticket=" + ticket)
                                .build(),
                        BodyHandlers.ofString())
                .body());
        answers.append(http.send(
                        request(gateway, "/nothing/here")
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.ofString())
                .body());
    }

    private HttpResponse<String> login(URI gateway, String password) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(gateway.resolve("/api/login"))
                        .timeout(LIMIT)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"anna\",\"password\":\"" + password + "\"}"))
                        .build(),
                BodyHandlers.ofString());
        answers.append(answer.body());
        return answer;
    }

    private int status(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        answers.append(answer.body());
        return answer.statusCode();
    }

    private static HttpRequest.Builder request(GatewayProcess gateway, String path) {
        return HttpRequest.newBuilder(gateway.uri().resolve(path)).timeout(LIMIT);
    }

    private static ProcessBuilder command(GatewayProcess gateway, String... arguments) {
        String[] all = Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--home", gateway.home().path().toString()))
                .toArray(String[]::new);
        return gateway.home().command(all);
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertTrue(matcher.find(), text);
        return matcher.group(1);
    }

    private static void assertAbsent(String secret, String text, String where) {
        int at = text.indexOf(secret);
        assertFalse(at >= 0, () -> where + ": " + text.substring(Math.max(0, at - 200), at) + "<here>");
    }

    /** Files of the home, and those for temporary files, that have a secret in them and that others than their owner may read. */
    private static List<Path> filesOfOthersWith(Path home, String secret) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(SecretsIT::isOpenToOthers)
                    .filter(file -> has(file, secret))
                    .toList();
        }
    }

    private static boolean isOpenToOthers(Path file) {
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            return OTHERS.stream().anyMatch(mode::contains);
        } catch (IOException e) {
            return false; // it has gone meanwhile
        }
    }

    private static boolean has(Path file, String secret) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(secret);
        } catch (IOException e) {
            return false; // it has gone meanwhile
        }
    }
}
