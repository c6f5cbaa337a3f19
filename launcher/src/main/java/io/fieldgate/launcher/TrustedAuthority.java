package io.fieldgate.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom TLS is to trust instead of those that the JVM does. */
final class TrustedAuthority {

    private TrustedAuthority() {}

    /**
     * Trusts the certificates of a file alone.
     *
     * @param pem the file, in PEM or DER
     * @throws CommandFailure if there is no certificate in it
     */
    static SSLContext of(Path pem) throws CommandFailure, IOException {
        try (InputStream file = Files.newInputStream(pem)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
            }
            if (trusted.size() == 0) {
                throw new CommandFailure(ExitStatus.FAILED, "there is no certificate in " + pem);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new CommandFailure(ExitStatus.FAILED, pem + " holds no certificates in PEM: " + e.getMessage(), e);
        }
    }
}
