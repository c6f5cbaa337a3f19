package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class DesiredBundlesTest {

    private static final ShippedBundle PUMP = new ShippedBundle(4, "pump.jar", "pump");

    @TempDir
    private Path data;

    private Path shipped;

    @BeforeEach
    void ship() throws IOException {
        Files.createDirectories(data.resolve("installer"));
        Files.createDirectories(data.resolve("store"));
        shipped = jar(data.resolve("pump.jar"), "1.0.0");
    }

    @Test
    void isWhatWasShippedWhenNothingWasUpdated() {
        DesiredBundles desired = DesiredBundles.read(data);

        assertEquals(Optional.empty(), desired.insteadOf(PUMP, shipped));
        assertEquals(List.of(), desired.besides(List.of(PUMP)));
    }

    @Test
    void takesAnUpdateAndWhatWasNotShipped() throws Exception {
        Path pump = stored("1.1.0");
        Path fan = stored("2.0.0");
        state("state", line("update", "pump", "1.1.0", pump) + line("deploy", "fan", "2.0.0", fan));
        DesiredBundles desired = DesiredBundles.read(data);

        assertEquals(Optional.of(pump), desired.insteadOf(PUMP, shipped));
        assertEquals(List.of(fan), desired.besides(List.of(PUMP)));
    }

    @Test
    void leavesAnUpdateThatIsOlderThanWhatWasShippedButNotAFileInDeploy() throws Exception {
        Path old = stored("0.9.0");
        state("state", line("update", "pump", "0.9.0", old));
        assertEquals(Optional.empty(), DesiredBundles.read(data).insteadOf(PUMP, shipped));

        state("state", line("deploy", "pump", "0.9.0", old));
        assertEquals(Optional.of(old), DesiredBundles.read(data).insteadOf(PUMP, shipped));
    }

    @Test
    void usesTheStateBeforeWhenTheStateIsTorn() throws Exception {
        Path pump = stored("1.1.0");
        state("state.before", line("update", "pump", "1.1.0", pump));
        byte[] whole = state("state", line("update", "pump", "1.2.0", stored("1.2.0")));
        for (int length : new int[] {0, 1, 70, whole.length - 1}) {
            Files.write(data.resolve("installer/state"), Arrays.copyOf(whole, length));
            assertEquals(Optional.of(pump), DesiredBundles.read(data).insteadOf(PUMP, shipped), length + " bytes");
        }
    }

    @Test
    void runsWhatWasShippedWhenTheCopyIsDamagedOrGone() throws Exception {
        Path pump = stored("1.1.0");
        state("state", line("update", "pump", "1.1.0", pump));
        Files.writeString(pump, "something else");
        assertEquals(Optional.empty(), DesiredBundles.read(data).insteadOf(PUMP, shipped));

        Files.delete(pump);
        assertEquals(Optional.empty(), DesiredBundles.read(data).insteadOf(PUMP, shipped));
    }

    @Test
    void countsAReleaseAboveItsSnapshots() {
        assertEquals(1, DesiredBundles.compare(new Version("1.0.0"), new Version("1.0.0.SNAPSHOT")));
        assertEquals(-1, DesiredBundles.compare(new Version("1.0.0.SNAPSHOT"), new Version("1.0.0")));
        assertEquals(-1, Integer.signum(DesiredBundles.compare(new Version("1.0.0"), new Version("1.0.1.SNAPSHOT"))));
        assertEquals(0, DesiredBundles.compare(new Version("1.0.0"), new Version("1.0.0")));
    }

    private Path stored(String version) throws IOException, NoSuchAlgorithmException {
        Path jar = jar(data.resolve("new.jar"), version);
        return Files.move(jar, data.resolve("store").resolve(sha256(Files.readAllBytes(jar)) + ".jar"));
    }

    private static String line(String kind, String name, String version, Path jar) {
        String sha256 = String.valueOf(jar.getFileName()).replace(".jar", "");
        return kind + ' ' + name + ' ' + version + ' ' + sha256 + '\n';
    }

    private byte[] state(String name, String lines) throws IOException, NoSuchAlgorithmException {
        String rest = lines + "{}\n";
        String text = "fieldgate-installer 1 " + sha256(rest.getBytes(StandardCharsets.UTF_8)) + '\n' + rest;
        Files.writeString(data.resolve("installer").resolve(name), text);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static Path jar(Path file, String version) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-Version", version);
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
        return file;
    }
}
