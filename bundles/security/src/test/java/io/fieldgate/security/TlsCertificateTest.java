package io.fieldgate.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.security.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsCertificateTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    /** What PKCS#8 has of a P-256 key before the traditional form of it: head, version, which algorithm and curve, head (RFC 5958, 2). */
    private static final int PKCS8_HEAD = 2 + 3 + 21 + 2;

    private static final TlsSettings OWN =
            new TlsSettings(Optional.empty(), TlsIdentity.ClientCertificate.NONE, Optional.empty());

    @TempDir
    private static Path made;

    private static CertificateFiles one;
    private static CertificateFiles two;

    @TempDir
    private Path folder;

    private CertificateFiles files;

    /** Each of them costs the start of a Java. */
    @BeforeAll
    static void makePairs() throws Exception {
        one = TlsFiles.make(made, "one", at(NOW));
        two = TlsFiles.make(made, "two", at(NOW));
    }

    @BeforeEach
    void nameFiles() {
        files = new CertificateFiles(folder.resolve("gateway.crt"), folder.resolve("gateway.key"));
    }

    @Test
    void makesItsOwnWhenItIsWantedAndRenewsItWithTheSameKey() throws Exception {
        TlsCertificate certificate = certificate(OWN, NOW);
        certificate.look(false);
        assertTrue(certificate.inForce().isEmpty());
        assertFalse(Files.exists(folder.resolve("own")));

        TlsInForce made = certificate.get();
        assertTrue(made.selfSigned());
        assertEquals(
                NOW.minus(Duration.ofHours(1)).plus(Duration.ofDays(397)),
                made.pair().ends());
        assertEquals("rwx------", mode(folder.resolve("own")));
        assertEquals("rw-------", mode(folder.resolve("own").resolve("self-signed.p12")));
        assertEquals("rw-------", mode(folder.resolve("own").resolve("self-signed.password")));
        certificate.look(false);
        assertEquals(Optional.of(made), certificate.inForce());

        Instant later = made.pair().ends().minus(Duration.ofDays(30));
        TlsInForce early = certificate(OWN, later.minusSeconds(1)).get();
        assertEquals(made.pair().fingerprint(), early.pair().fingerprint());
        TlsInForce renewed = certificate(OWN, later).get();
        assertEquals(
                later.minus(Duration.ofHours(1)).plus(Duration.ofDays(397)),
                renewed.pair().ends());
        assertEquals(
                made.pair().chain().get(0).getPublicKey(),
                renewed.pair().chain().get(0).getPublicKey());
    }

    @Test
    void takesAnotherPairWhenItHasKeptStillForARound() throws Exception {
        put(one);
        TlsCertificate certificate = certificate(TlsFiles.settings(files), NOW);
        certificate.look(false);
        TlsInForce before = certificate.inForce().orElseThrow();
        put(two);
        assertEquals(Optional.empty(), certificate.look(false));
        assertEquals(Optional.of(before), certificate.inForce());
        assertEquals(Optional.empty(), certificate.look(false));
        assertEquals(two.read().fingerprint(), fingerprint(certificate));
        put(one);
        assertEquals(Optional.empty(), certificate.look(true));
        assertEquals(before.pair().fingerprint(), fingerprint(certificate));
    }

    @Test
    void refusesWhatCannotBeUsedAndGoesOn() throws Exception {
        put(one);
        TlsCertificate certificate = certificate(TlsFiles.settings(files), NOW);
        certificate.look(true);

        copy(two.key(), files.key());
        assertEquals(
                Optional.of(files.certificate() + ": key and certificate do not belong together"),
                certificate.look(true));
        Files.delete(files.key());
        assertEquals(Optional.of("there is no file " + files.key()), certificate.look(true));
        Files.writeString(
                files.key(), "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertTrue(certificate.look(true).orElseThrow().contains("'openssl pkey -in KEY -out NEW'"));
        Files.writeString(files.certificate(), "nonsense");
        assertTrue(certificate.look(true).orElseThrow().contains(files.certificate() + " is no PEM file"));
        CertificateFiles old = TlsFiles.make(folder, "old", at(NOW.minus(Duration.ofDays(400))));
        put(old);
        assertTrue(certificate.look(true).orElseThrow().contains(files.certificate() + ": it has expired at "));
        CertificateFiles next = TlsFiles.make(folder, "next", at(NOW.plus(Duration.ofDays(2))));
        put(next);
        assertTrue(certificate.look(true).orElseThrow().contains(": it is not valid before "));

        assertEquals(one.read().fingerprint(), fingerprint(certificate));
        put(two);
        assertEquals(Optional.empty(), certificate.look(true));
        assertEquals(two.read().fingerprint(), fingerprint(certificate));
    }

    @Test
    void locksNobodyOutAtTheStart() throws Exception {
        Instant past = NOW.minus(Duration.ofDays(500));
        put(one);
        TlsCertificate early = certificate(TlsFiles.settings(files), past);
        early.look(false);
        assertEquals(one.read().fingerprint(), fingerprint(early));

        Files.writeString(files.certificate(), "nonsense");
        TlsCertificate broken = certificate(TlsFiles.settings(files), NOW);
        assertTrue(broken.look(false).isPresent());
        assertTrue(broken.get().selfSigned());
        put(one);
        broken.look(true);
        assertFalse(broken.get().selfSigned());
    }

    @Test
    void readsTraditionalKeysToo() throws Exception {
        put(one);
        byte[] pkcs8 = one.read().key().getEncoded();
        assertEquals(PKCS8_HEAD + (pkcs8[PKCS8_HEAD - 1] & 0xff), pkcs8.length);
        byte[] traditional = Arrays.copyOfRange(pkcs8, PKCS8_HEAD, pkcs8.length);
        Files.writeString(
                files.key(),
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                        + TlsFiles.pem("EC PRIVATE KEY", traditional));
        assertEquals(
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
                files.read().key());
    }

    private TlsCertificate certificate(TlsSettings settings, Instant now) {
        return new TlsCertificate(
                settings, new SelfSignedStore(folder.resolve("own"), new SelfSignedTool(), at(now)), at(now));
    }

    private void put(CertificateFiles pair) throws IOException {
        copy(pair.certificate(), files.certificate());
        copy(pair.key(), files.key());
    }

    /** By a rename, so that the file is another one whatever its size and time. */
    private void copy(Path from, Path to) throws IOException {
        Path staged = Files.createTempFile(folder, "staged", ".tmp");
        Files.copy(from, staged, StandardCopyOption.REPLACE_EXISTING);
        Files.move(staged, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String fingerprint(TlsCertificate certificate) {
        return certificate.inForce().orElseThrow().pair().fingerprint();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
