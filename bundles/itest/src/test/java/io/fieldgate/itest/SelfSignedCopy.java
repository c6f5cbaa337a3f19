package io.fieldgate.itest;

import io.fieldgate.testkit.GatewayHome;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** A copy of the certificate that a gateway has made itself, to be altered and put back. */
final class SelfSignedCopy implements AutoCloseable {

    private final Path original;
    private final Path password;
    private final Path copy;

    private SelfSignedCopy(Path folder, Path copy) {
        original = folder.resolve("self-signed.p12");
        password = folder.resolve("self-signed.password");
        this.copy = copy;
    }

    static SelfSignedCopy of(GatewayHome home) throws IOException {
        SelfSignedCopy made = new SelfSignedCopy(
                home.path().resolve("data/security/tls"), home.path().resolve("copy.p12"));
        Files.copy(made.original, made.copy, StandardCopyOption.COPY_ATTRIBUTES);
        return made;
    }

    /** Makes it one of the same key that ends in 17 days, which is less than the gateway puts up with. */
    void letEndSoon() throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-selfcert",
                        "-alias",
                        "gateway",
                        "-startdate",
                        "-380d",
                        "-validity",
                        "397",
                        "-keystore",
                        copy.toString(),
                        "-storepass:file",
                        password.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!keytool.waitFor(120, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            keytool.destroyForcibly();
            throw new IOException("keytool has not altered the certificate");
        }
    }

    void putBack() throws IOException {
        Files.move(copy, original, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    X509Certificate certificate() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(copy)) {
            store.load(in, Files.readString(password).strip().toCharArray());
        }
        return (X509Certificate) store.getCertificate("gateway");
    }

    /** What makes clients that believe this very certificate. */
    SSLContext trust() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("gateway", certificate());
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        return context(managers.getTrustManagers());
    }

    /** What makes clients that take any certificate, to look at it. */
    static SSLContext trustNobodyButLook() throws GeneralSecurityException {
        return context(new TrustManager[] {new Looker()});
    }

    private static SSLContext context(TrustManager[] managers) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        return context;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(copy);
    }

    private static final class Looker extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            // it is a client
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // the test looks
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // it is a client
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // the test looks
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // it is a client
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // the test looks
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
