package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldgate.itest.Technician.Told;
import io.fieldgate.itest.subject.VersionHandler;
import io.fieldgate.itest.subject.VersionServlet;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk that is full or has not kept what it promised, and people who update at the same time. */
class UpdateTroubleIT {

    private static final String NAME = "io.fieldgate.itest.version";
    private static final String OTHER = "io.fieldgate.itest.replaced";

    private Technician technician;
    private GatewayHome home;
    private GatewayProcess gateway;

    @BeforeEach
    void start() throws Exception {
        technician = Technician.come();
        home = technician.home();
    }

    @AfterEach
    void stop() throws Exception {
        if (gateway != null) {
            gateway.kill();
        }
        run("umount", "-l", home.path().resolve("data").toString());
        home.delete();
        technician.close();
    }

    @Test
    void theDiskIsFull() throws Exception {
        Path data = home.path().resolve("data");
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", data.toString()) == 0,
                "a small disk can be made only by who may mount one");
        gateway = GatewayProcess.start(home);
        commit("1.0.0");
        Path filler = data.resolve("filler");
        fill(filler);

        HttpResponse<String> refused = technician.put(gateway, NAME, jar("1.1.0"));
        assertEquals(507, refused.statusCode(), refused.body());
        assertAnswers("1.0.0");

        Files.delete(filler);
        commit("1.1.0");
        assertAnswers("1.1.0");
    }

    @Test
    void theStateFileIsTorn() throws Exception {
        gateway = GatewayProcess.start(home);
        commit("1.0.0");
        commit("1.1.0");
        gateway.kill();
        truncate("state");

        gateway = GatewayProcess.start(home);
        assertSays("DesiredBundles", "state is torn");
        assertSays("DesiredFile", "state is torn");
        assertSays("DesiredFile", "what is to run is taken from state.before");
        assertAnswers("1.0.0");
        commit("1.2.0");
        gateway.kill();

        gateway = GatewayProcess.start(home);
        assertAnswers("1.2.0");
        gateway.kill();
        truncate("state");
        truncate("state.before");

        gateway = GatewayProcess.start(home);
        assertSays("DesiredFile", "so what was shipped runs");
        assertEquals(404, gateway.get("/version").statusCode());
        commit("1.2.0");
        assertAnswers("1.2.0");
    }

    @Test
    void differentBundlesAreUpdatedAtOnce() throws Exception {
        gateway = GatewayProcess.start(home);
        Path other = technician.signed(
                TestBundle.of("replaced", VersionServlet.class).version("1.0.0").build());
        CompletableFuture<HttpResponse<String>> one = technician.begin(gateway, NAME, jar("1.0.0"), "");
        CompletableFuture<HttpResponse<String>> two = technician.begin(gateway, OTHER, other, "");

        for (CompletableFuture<HttpResponse<String>> begun : List.of(one, two)) {
            Told told = technician.end(gateway, begun.join());
            assertEquals("committed", told.state(), told::json);
        }
        assertAnswers("1.0.0");
        assertEquals("1.0.0", gateway.get("/replaced/servlet").body());
    }

    @Test
    void oneBundleIsUpdatedTwiceAtOnce() throws Exception {
        gateway = GatewayProcess.start(home);
        commit("1.0.0");
        HttpResponse<String> first = technician.put(gateway, NAME, jar("1.1.0"));
        HttpResponse<String> second = technician.put(gateway, NAME, jar("1.2.0"));

        Told superseded = technician.end(gateway, first);
        assertTrue(List.of("rolled-back", "refused").contains(superseded.state()), superseded::json);
        assertTrue(superseded.json().contains("superseded by update"), superseded::json);
        Told told = technician.end(gateway, second);
        assertEquals("committed", told.state(), told::json);
        assertAnswers("1.2.0");
    }

    private void commit(String version) throws Exception {
        Told told = technician.update(gateway, NAME, jar(version));
        assertEquals("committed", told.state(), told::json);
    }

    private Path jar(String version) throws Exception {
        return technician.signed(
                TestBundle.of("version", VersionHandler.class).version(version).build());
    }

    private void assertAnswers(String version) throws IOException {
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/version")) {
            assertEquals("opened " + version, client.text());
        }
    }

    private void assertSays(String who, String what) {
        gateway.awaitLog(who, what);
    }

    private void truncate(String name) throws IOException {
        Path file = home.path().resolve("data/installer").resolve(name);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    }

    /** Writes until there is no room for one byte more. */
    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int size = 1 << 20; size > 0; size /= 16) {
                assertFalse(wroteAll(out, size));
            }
        }
    }

    private static boolean wroteAll(OutputStream out, int size) {
        try {
            for (int i = 0; i < 1_000; i++) {
                out.write(new byte[size]);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        return process.exitValue();
    }
}
