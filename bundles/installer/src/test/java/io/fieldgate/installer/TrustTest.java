package io.fieldgate.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.gateway.UpdateException;
import io.fieldgate.api.gateway.UpdateOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose jars are taken, and what is said of each that is not. */
class TrustTest {

    private static final Instant NOW = Instant.parse("2030-06-01T00:00:00Z");
    private static final UpdateOptions REMOTE = UpdateOptions.of("admin", "192.0.2.1");
    private static final UpdateOptions LOCAL = UpdateOptions.of("admin", "").onThisMachine();
    private static final String CLASS = GreetingActivator.class.getName().replace('.', '/') + ".class";

    @TempDir
    private Path folder;

    private Trust trust;
    private TestSigner acme;
    private Path jar;

    @BeforeEach
    void prepare() throws Exception {
        Files.createDirectories(folder.resolve("trust"));
        trust = new Trust(folder, Clock.fixed(NOW, ZoneOffset.UTC));
        acme = TestSigner.self("Acme");
        jar = BundleJar.greeting("a.pump", "1.0.0").writeTo(folder.resolve("pump.jar"));
    }

    @Test
    void takesWhatIsSignedByATrustedCertificate() throws Exception {
        file("acme.pem", acme.pem());
        assertEquals(Optional.of("CN=Acme"), trust.signer(acme.sign(jar), REMOTE));
    }

    @Test
    void takesAChainThatLeadsToATrustedAuthority() throws Exception {
        TestSigner root = TestSigner.authority("Root");
        TestSigner signer = root.issue("Works", true).issue("Ann", false).withoutRoot();
        file("acme.pem", acme.pem());
        refuses(signer.sign(jar), "signed by a stranger: CN=Ann, certificate issued by CN=Works");
        file("root.pem", root.pem());
        assertEquals(Optional.of("CN=Ann"), trust.signer(jar, REMOTE));
    }

    @Test
    void aTrustedSignerIsNoAuthority() throws Exception {
        file("acme.pem", acme.pem());
        refuses(acme.issue("Mallory", false).sign(jar), "signed by a stranger: CN=Mallory");
    }

    @Test
    void anIntermediateMustBeAnAuthority() throws Exception {
        TestSigner root = TestSigner.authority("Root");
        file("root.pem", root.pem());
        refuses(
                root.issue("Ann", false).issue("Mallory", false).withoutRoot().sign(jar),
                "from CN=Mallory up to CN=Root do not hold");
    }

    @Test
    void refusesAStranger() throws Exception {
        file("acme.pem", acme.pem());
        // The same name, another key.
        refuses(TestSigner.self("Acme").sign(jar), "signed by a stranger: CN=Acme, certificate issued by CN=Acme");
    }

    @Test
    void refusesAnExpiredCertificate() throws Exception {
        TestSigner old = TestSigner.self("Old", TestSigner.FROM, NOW.minusSeconds(1));
        file("old.pem", old.pem());
        refuses(old.sign(jar), "CN=Old has expired at 2030-05-31T23:59:59Z");
    }

    @Test
    void refusesACertificateThatIsNotValidYet() throws Exception {
        TestSigner root = TestSigner.authority("Root");
        file("root.pem", root.pem());
        TestSigner early = root.issue("Early", false, NOW.plusSeconds(1), TestSigner.TO);
        refuses(
                early.sign(jar),
                "CN=Early is not valid before 2030-06-01T00:00:01Z, and the gateway's clock says 2030-06-01T00:00:00Z");
    }

    @Test
    void refusesWhatIsRevokedAnywhereInTheChain() throws Exception {
        TestSigner root = TestSigner.authority("Root");
        TestSigner works = root.issue("Works", true);
        file("root.pem", root.pem());
        works.issue("Ann", false).sign(jar);
        assertEquals(Optional.of("CN=Ann"), trust.signer(jar, REMOTE));
        file("revoked.pem", works.pem());
        refuses(jar, "certificate of CN=Works is revoked by etc/trust/revoked.pem");
    }

    @Test
    void refusesARevokedSignerAlsoWhereNobodyIsTrusted() throws Exception {
        file("revoked.pem", acme.pem());
        assertTrue(trust.isEmpty());
        acme.sign(jar);
        assertRefused("is revoked", assertThrows(UpdateException.class, () -> trust.signer(jar, LOCAL)));
    }

    @Test
    void acceptsNothingSignedWhileTheListOfTheRevokedCannotBeRead() throws Exception {
        file("acme.pem", acme.pem());
        file("revoked.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        refuses(acme.sign(jar), "revoked.pem cannot be read");
    }

    @Test
    void refusesAClassOfWhichOneByteWasChanged() throws Exception {
        file("acme.pem", acme.pem());
        rewrite(acme.sign(jar), entries -> entries.get(CLASS)[40] ^= 1);
        refuses(jar, CLASS + " was changed after the jar was signed");
    }

    @Test
    void refusesAChangedManifest() throws Exception {
        file("acme.pem", acme.pem());
        rewrite(acme.sign(jar), entries -> {
            String text = new String(entries.get("META-INF/MANIFEST.MF"), StandardCharsets.UTF_8);
            entries.put("META-INF/MANIFEST.MF", text.replace("1.0.0", "9.0.0").getBytes(StandardCharsets.UTF_8));
        });
        refuses(jar, "it was changed after it was signed");
    }

    @Test
    void refusesAnEntryThatWasAdded() throws Exception {
        file("acme.pem", acme.pem());
        acme.sign(jar);
        for (String name : new String[] {
            "Evil.class", "META-INF/x/A.SF", "META-INF/versions/17/Evil.class", "OSGI-INF/x.xml", "META-INF/evil"
        }) {
            Path copy = Files.copy(jar, folder.resolve("copy.jar"));
            rewrite(copy, entries -> entries.put(name, new byte[] {1}));
            refuses(copy, "entry " + name + " is not signed");
            Files.delete(copy);
        }
    }

    @Test
    void refusesAFolderWithContentAndNamesOfTwoMeanings() throws Exception {
        file("acme.pem", acme.pem());
        acme.sign(jar);
        Map<String, String> names = Map.of(
                "x/",
                "folder x/ has content",
                CLASS + "/",
                "two entries",
                "meta-inf/manifest.mf",
                "two entries",
                "./" + CLASS,
                "can be read in two ways",
                "a/../" + CLASS,
                "can be read in two ways",
                "/" + CLASS,
                "can be read in two ways");
        for (Map.Entry<String, String> each : names.entrySet()) {
            Path copy = Files.copy(jar, folder.resolve("copy.jar"));
            rewrite(copy, entries -> entries.put(each.getKey(), entries.get(CLASS)));
            refuses(copy, each.getValue());
            Files.delete(copy);
        }
    }

    @Test
    void refusesTwoEntriesOfOneName() throws Exception {
        file("acme.pem", acme.pem());
        String twin = CLASS.replace("Greeting", "Greetinh");
        rewrite(jar, entries -> entries.put(twin, new byte[] {1}));
        acme.sign(jar);
        byte[] bytes = Files.readAllBytes(jar);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Files.write(jar, text.replace(twin, CLASS).getBytes(StandardCharsets.ISO_8859_1));
        assertThrows(UpdateException.class, () -> trust.signer(jar, REMOTE));
    }

    @Test
    void refusesAJarWhoseSignatureWasTakenOut() throws Exception {
        file("acme.pem", acme.pem());
        acme.sign(jar);
        Path half = Files.copy(jar, folder.resolve("half.jar"));
        rewrite(half, entries -> drop(entries, name -> name.endsWith(".EC")));
        refuses(half, "a part of its signature files was taken out");
        rewrite(jar, entries -> drop(entries, name -> name.endsWith(".EC") || name.endsWith(".SF")));
        refuses(jar, "it was signed, but its signature files were taken out");
    }

    @Test
    void refusesAWeakAlgorithm() throws Exception {
        file("acme.pem", acme.pem());
        refuses(acme.sign(jar, "MD5"), "in a way that this Java does not accept");
    }

    @Test
    void ofTwoSignersOneMustBeTrustedAndNoneRevoked() throws Exception {
        TestSigner other = TestSigner.self("Other");
        file("acme.pem", acme.pem());
        acme.sign(other.sign(jar));
        assertEquals(Optional.of("CN=Acme"), trust.signer(jar, REMOTE));
        file("revoked.pem", other.pem());
        refuses(jar, "CN=Other");
    }

    @Test
    void oneSignerMustHaveSignedAll() throws Exception {
        file("acme.pem", acme.pem());
        acme.sign(jar);
        rewrite(jar, entries -> entries.put("Evil.class", new byte[] {1}));
        TestSigner.self("Mallory").sign(jar);
        refuses(jar, "stranger: CN=Mallory");
    }

    @Test
    void takesUnsignedJarsFromThisMachineIfNobodyIsTrusted() throws Exception {
        assertTrue(trust.isEmpty());
        assertTrue(trust.warning().isPresent());
        assertEquals(Optional.empty(), trust.signer(jar, LOCAL));
        refuses(jar, "it is not signed: sign it");
        acme.sign(jar);
        assertEquals(Optional.empty(), trust.signer(jar, LOCAL));
        refuses(jar, "etc/trust has no certificate");
        rewrite(jar, entries -> entries.get(CLASS)[40] ^= 1);
        assertThrows(UpdateException.class, () -> trust.signer(jar, LOCAL));
    }

    @Test
    void takesNoUnsignedJarOnceSomebodyIsTrusted() throws Exception {
        file("acme.pem", acme.pem());
        assertFalse(trust.isEmpty());
        assertRefused("it is not signed", assertThrows(UpdateException.class, () -> trust.signer(jar, LOCAL)));
        Files.delete(folder.resolve("trust/acme.pem"));
        assertEquals(Optional.empty(), trust.signer(jar, LOCAL));
    }

    @Test
    void aBrokenFileCountsAsTrustInNobody() throws Exception {
        file("broken.pem", "not a certificate");
        assertFalse(trust.isEmpty());
        assertThrows(UpdateException.class, () -> trust.signer(jar, LOCAL));
        file("acme.pem", acme.pem());
        assertEquals(Optional.of("CN=Acme"), trust.signer(acme.sign(jar), REMOTE));
    }

    @Test
    void refusesAHugeManifest() throws Exception {
        rewrite(jar, entries -> entries.put("META-INF/MANIFEST.MF", new byte[JarShape.SIGNATURE_MAX_BYTES + 1]));
        UpdateException refusal = assertThrows(UpdateException.class, () -> trust.signer(jar, LOCAL));
        assertEquals(UpdateException.Reason.UNUSABLE, refusal.reason());
    }

    @Test
    void checksTheSignatureOfAnotherFile() throws Exception {
        file("acme.pem", acme.pem());
        Path file = Files.writeString(folder.resolve("pump.tar.gz"), "a release");
        Path signature = folder.resolve("pump.tar.gz.sig");
        UpdateException missing = assertThrows(UpdateException.class, () -> trust.verify(file, signature, REMOTE));
        assertRefused("there is no signature pump.tar.gz.sig", missing);
        Path sums = folder.resolve("sums.jar");
        Files.copy(jar, sums);
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        rewrite(sums, entries -> {
            entries.remove(CLASS);
            entries.put(SignedJar.SUMS, (hash + "  pump.tar.gz\n").getBytes(StandardCharsets.UTF_8));
        });
        Files.move(acme.sign(sums), signature);
        assertEquals(Optional.of("CN=Acme"), trust.verify(file, signature, REMOTE));
        Files.writeString(file, "another release");
        assertRefused(
                "was changed after it was signed",
                assertThrows(UpdateException.class, () -> trust.verify(file, signature, REMOTE)));
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve("trust").resolve(name), text);
    }

    private void refuses(Path file, String part) {
        assertRefused(part, assertThrows(UpdateException.class, () -> trust.signer(file, REMOTE)));
    }

    private static void assertRefused(String part, UpdateException refusal) {
        assertTrue(refusal.getMessage().contains(part), refusal::getMessage);
        assertEquals(UpdateException.Reason.SIGNATURE, refusal.reason());
    }

    private static void drop(Map<String, byte[]> entries, Predicate<String> which) {
        entries.keySet().removeIf(which);
    }

    private static void rewrite(Path jar, Consumer<Map<String, byte[]>> change) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                contents.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        change.accept(contents);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> each : contents.entrySet()) {
                out.putNextEntry(new ZipEntry(each.getKey()));
                out.write(each.getValue());
                out.closeEntry();
            }
        }
        Files.write(jar, bytes.toByteArray());
    }
}
