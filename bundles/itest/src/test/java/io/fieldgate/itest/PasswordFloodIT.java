package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.attack.Attacker;
import io.fieldgate.itest.attack.Probe;
import io.fieldgate.itest.subject.SeededUsers;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong passwords at full rate: for one user from one address, then for as many users as there are guesses, from many. */
class PasswordFloodIT {

    private static final int PASSWORDS = Integer.getInteger("fieldgate.attacks.passwords", 2_000);
    /** So many on one connection. */
    private static final int GUESSES = 100;
    /** So many where each is looked at, which takes a tenth of a second. */
    private static final int GUESSES_OF_MANY = 5;
    /** More than the passwords that may wait. */
    private static final int GUESSERS = 24;

    private static final int ADDRESSES = 240;
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final long HEAP_GROWTH = 2 << 20;
    private static final int GROWTH = 10;
    private static final String NOBODY = "nobody";

    private final AtomicInteger names = new AtomicInteger();
    private GatewayProcess gateway;
    private String token;

    @ParameterizedTest(name = "limits by address: {0}")
    @ValueSource(strings = {"false", "true"})
    void isAnsweredInOrderAndKeepsNobodyElseOut(String limits) throws Exception {
        GatewayHome home = GatewayHome.create()
                .with(TestBundle.of("seeded", SeededUsers.class).build())
                .configure("io.fieldgate.transport.http.limits", Map.of("loopback.limits", limits));
        try (GatewayProcess started = GatewayProcess.start(home)) {
            gateway = started;
            Path file = home.path().resolve("data/security/admin.token");
            token = Files.readString(file).strip();
            await("there is a user").atMost(SETTLED).until(() -> login(249) == 204);
            flood(GUESSERS * GUESSES, false, "to warm up");
            Footprint before = Footprint.of(gateway);
            try (Probe probe = new Probe(gateway)) {
                int tries = flood(PASSWORDS / 2, false, "one user, one address, limits " + limits);
                assertTrue(tries <= 3, () -> "another user has tried " + tries + " times");
                flood(PASSWORDS / 20, true, "a user each, many addresses, limits " + limits);
                await("the probe is answered").atMost(SETTLED).until(() -> probe.answers() > 0);
                assertEquals(List.of(), probe.failures());
                Figures.note(
                        "attacks",
                        "passwords: " + probe.answers() + " answers to the probe, 99 of 100 within " + probe.p99());
            }
            assertEquals(204, login(248), "the flood is over");
            await("all is as before").atMost(SETTLED).until(() -> isLike(before, Footprint.of(gateway)));
            Figures.note("attacks", "passwords: before " + before + ", after " + Footprint.of(gateway));
            assertEquals(List.of(), Complaints.of(gateway, Complaints.ERRORS));
        }
    }

    /** Returns how many tries another user has needed meanwhile; 0 if the flood was over before. */
    private int flood(int passwords, boolean many, String what) throws Exception {
        long begin = System.nanoTime();
        int guesses = many ? GUESSES_OF_MANY : GUESSES;
        int[] counts = new int[600];
        int tries = 0;
        ExecutorService guessers = Executors.newFixedThreadPool(GUESSERS);
        try {
            List<Future<List<Attacker.Reply>>> rounds = new ArrayList<>();
            for (int round = 0; round < passwords / guesses; round++) {
                Attacker attacker = new Attacker(gateway.uri(), many ? round % ADDRESSES : 0);
                rounds.add(guessers.submit(() -> attacker.send(guesses(guesses, many))));
            }
            guessers.shutdown();
            int status = 0;
            while (status != 204 && !guessers.awaitTermination(tries == 0 ? 0 : 2, TimeUnit.SECONDS)) {
                assertEquals(200, tokenIsTaken());
                status = login(241 + tries % 6);
                tries++;
            }
            for (Future<List<Attacker.Reply>> round : rounds) {
                for (Attacker.Reply reply : round.get(1, TimeUnit.HOURS)) {
                    counts[reply.status()]++;
                    assertTrue(reply.status() != 429
                            || !reply.head().values("Retry-After").isEmpty());
                }
            }
            long millis = Math.max(1, (System.nanoTime() - begin) / 1_000_000);
            Figures.note(
                    "attacks",
                    "passwords, " + what + ": " + counts[401] + " wrong, " + counts[429] + " too soon, "
                            + passwords * 1000L / millis + " a second; another user: " + status + " at try " + tries);
        } finally {
            guessers.shutdownNow();
        }
        assertEquals(passwords, counts[401] + counts[429], "each is answered, and no other way");
        return tries;
    }

    private String guesses(int count, boolean many) {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String name = many ? "user" + names.incrementAndGet() : NOBODY;
            requests.append(request(name, "guess " + i, i == count - 1));
        }
        return requests.toString();
    }

    private int login(int attacker) throws Exception {
        return new Attacker(gateway.uri(), attacker)
                .send(request(SeededUsers.VIEWER, SeededUsers.PASSWORD, true))
                .get(0)
                .status();
    }

    private int tokenIsTaken() throws Exception {
        return new Attacker(gateway.uri(), 240)
                .ask("GET /api/me HTTP/1.1\r\nAuthorization: Bearer " + token)
                .status();
    }

    private String request(String name, String password, boolean last) {
        String body = "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}";
        return "POST /api/login HTTP/1.1\r\nHost: " + gateway.uri().getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + (last ? "\r\nConnection: close" : "") + "\r\n\r\n" + body;
    }

    private static boolean isLike(Footprint before, Footprint now) {
        return now.heapBytes() <= before.heapBytes() + HEAP_GROWTH
                && now.threads() <= before.threads() + GROWTH
                && now.descriptors() <= before.descriptors() + GROWTH;
    }
}
