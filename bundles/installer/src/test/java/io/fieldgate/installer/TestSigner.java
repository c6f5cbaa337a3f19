package io.fieldgate.installer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertPath;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** A key with a certificate of its own or a CA's, which signs jars. Java reads certificates but has no public way to make one. */
final class TestSigner {

    static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
    static final Instant TO = Instant.parse("2040-01-01T00:00:00Z");

    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] ECDSA_SHA256 = {0x30, 0x0a, 6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2};

    private final String name;
    private final KeyPair keys;
    private final List<X509Certificate> chain;

    private TestSigner(String name, KeyPair keys, List<X509Certificate> chain) {
        this.name = name;
        this.keys = keys;
        this.chain = chain;
    }

    static TestSigner self(String name) throws Exception {
        return self(name, FROM, TO);
    }

    static TestSigner self(String name, Instant from, Instant to) throws Exception {
        KeyPair keys = keys();
        return new TestSigner(name, keys, List.of(certificate(name, keys, name, keys, from, to, false)));
    }

    static TestSigner authority(String name) throws Exception {
        KeyPair keys = keys();
        return new TestSigner(name, keys, List.of(certificate(name, keys, name, keys, FROM, TO, true)));
    }

    /** Another with a certificate that this one has issued. */
    TestSigner issue(String other, boolean authority) throws Exception {
        return issue(other, authority, FROM, TO);
    }

    TestSigner issue(String other, boolean authority, Instant from, Instant to) throws Exception {
        KeyPair fresh = keys();
        List<X509Certificate> path = new ArrayList<>();
        path.add(certificate(other, fresh, name, keys, from, to, authority));
        path.addAll(chain);
        return new TestSigner(other, fresh, path);
    }

    /** The same without the certificate at the end of its chain, as signers often are. */
    TestSigner withoutRoot() {
        return new TestSigner(name, keys, chain.subList(0, chain.size() - 1));
    }

    String pem() throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(chain.get(0).getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    Path sign(Path jar) throws IOException, GeneralSecurityException {
        return sign(jar, "SHA-256");
    }

    Path sign(Path jar, String digest) throws IOException, GeneralSecurityException {
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
        JarSigner signer = new JarSigner.Builder(keys.getPrivate(), path)
                .digestAlgorithm(digest)
                .signerName(name)
                .build();
        Path signed = jar.resolveSibling("signed-" + jar.getFileName());
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(signed)) {
            signer.sign(in, out);
        }
        Files.move(signed, jar, StandardCopyOption.REPLACE_EXISTING);
        return jar;
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(
            String name, KeyPair keys, String issuer, KeyPair by, Instant from, Instant to, boolean authority)
            throws GeneralSecurityException {
        byte[] version = der(0xa0, der(2, new byte[] {2}));
        byte[] serial = der(2, BigInteger.valueOf(keys.hashCode() & 0xffffff).toByteArray());
        byte[] basic = der(
                0x30,
                der(6, new byte[] {0x55, 0x1d, 0x13}),
                der(1, new byte[] {-1}),
                der(4, authority ? der(0x30, der(1, new byte[] {-1})) : der(0x30)));
        byte[] body = der(
                0x30,
                version,
                serial,
                ECDSA_SHA256,
                subject(issuer),
                der(0x30, time(from), time(to)),
                subject(name),
                keys.getPublic().getEncoded(),
                der(0xa3, der(0x30, basic)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(by.getPrivate());
        signature.update(body);
        byte[] bits = signature.sign();
        byte[] padded = new byte[bits.length + 1];
        System.arraycopy(bits, 0, padded, 1, bits.length);
        byte[] whole = der(0x30, body, ECDSA_SHA256, der(3, padded));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] subject(String name) {
        byte[] text = der(12, name.getBytes(StandardCharsets.UTF_8));
        return der(0x30, der(0x31, der(0x30, der(6, new byte[] {0x55, 4, 3}), text)));
    }

    private static byte[] time(Instant when) {
        return der(23, UTC_TIME.format(when).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length > 255) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length > 127) {
            out.write(0x81);
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
