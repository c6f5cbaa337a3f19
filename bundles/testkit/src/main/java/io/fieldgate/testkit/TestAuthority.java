package io.fieldgate.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority that certifies gateways and clients for a test. The JDK's own keytool does the work; all lies in a folder of its own,
 * which goes with it.
 *
 * <p><b>Threading.</b> Used by one thread at a time.
 */
public final class TestAuthority implements AutoCloseable {

    private static final String PASSWORD = "no secret";
    private static final String OWN = "authority";
    private static final int LIMIT_SECONDS = 120;

    private final Path folder;
    private final Path store;

    /**
     * What it has certified.
     *
     * @param certificate PEM file with the certificate
     * @param key PEM file with the private key in PKCS#8
     * @param x509 the certificate
     */
    public record Leaf(Path certificate, Path key, X509Certificate x509) {}

    private TestAuthority(Path folder) {
        this.folder = folder;
        store = folder.resolve("authority.p12");
    }

    /**
     * Makes an authority with a key of its own.
     *
     * @return the authority
     * @throws IOException if keytool fails
     * @throws InterruptedException if the thread is interrupted
     */
    public static TestAuthority make() throws IOException, InterruptedException {
        TestAuthority made = new TestAuthority(Files.createTempDirectory("fieldgate-authority"));
        made.keytool(OWN, "Test authority", "-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign");
        made.write(OWN);
        return made;
    }

    /**
     * Certifies a new key for 127.0.0.1 and localhost, for ten days from now.
     *
     * @param name the common name, which is a user's for a client; each one once
     * @return the certificate and its key
     * @throws IOException if keytool fails
     * @throws InterruptedException if the thread is interrupted
     */
    public Leaf certify(String name) throws IOException, InterruptedException {
        return certify(name, "-1d", 10);
    }

    /**
     * Certifies a new key for 127.0.0.1 and localhost.
     *
     * @param name the common name; each one once
     * @param from when it begins, as keytool's option {@code -startdate} has it, such as {@code -10d}
     * @param days how long it is valid
     * @return the certificate and its key
     * @throws IOException if keytool fails
     * @throws InterruptedException if the thread is interrupted
     */
    public Leaf certify(String name, String from, int days) throws IOException, InterruptedException {
        keytool(
                name,
                name,
                "-signer",
                OWN,
                "-startdate",
                from,
                "-validity",
                String.valueOf(days),
                "-ext",
                "san=dns:localhost,ip:127.0.0.1");
        return write(name);
    }

    /**
     * Its own certificate.
     *
     * @return a PEM file
     */
    public Path certificate() {
        return folder.resolve(OWN + ".crt");
    }

    /**
     * What makes clients that believe whom it has certified, and nobody else.
     *
     * @return a context for clients
     */
    public SSLContext trust() {
        return trust(new KeyManager[0]);
    }

    /**
     * What makes clients that believe whom it has certified, and show a certificate themselves.
     *
     * @param client who they are
     * @return a context for clients
     */
    public SSLContext trust(Leaf client) {
        try {
            String name = client.certificate().getFileName().toString().replace(".crt", "");
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            KeyStore all = load();
            char[] password = PASSWORD.toCharArray();
            keys.setKeyEntry(name, all.getKey(name, password), password, all.getCertificateChain(name));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, password);
            return trust(managers.getKeyManagers());
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError("what was made can be read", e);
        }
    }

    private SSLContext trust(KeyManager[] keys) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(OWN, load().getCertificate(OWN));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError("what was made can be read", e);
        }
    }

    /** Deletes its folder. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void keytool(String alias, String name, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                alias,
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("keytool fails: " + Files.readString(folder.resolve("keytool.txt")));
        }
    }

    private KeyStore load() throws IOException, GeneralSecurityException {
        KeyStore all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            all.load(in, PASSWORD.toCharArray());
        }
        return all;
    }

    private Leaf write(String alias) throws IOException {
        try {
            KeyStore all = load();
            Key key = all.getKey(alias, PASSWORD.toCharArray());
            Certificate certificate = all.getCertificate(alias);
            Path keyFile = Files.createFile(
                    folder.resolve(alias + ".key"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(keyFile, pem("PRIVATE KEY", key.getEncoded()));
            Path file = Files.writeString(folder.resolve(alias + ".crt"), pem("CERTIFICATE", certificate.getEncoded()));
            return new Leaf(file, keyFile, (X509Certificate) certificate);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("what was made can be read", e);
        }
    }

    private static String pem(String label, byte[] der) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }
}
