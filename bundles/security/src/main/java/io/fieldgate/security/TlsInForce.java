package io.fieldgate.security;

import io.fieldgate.api.security.TlsIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * What new connections are made with.
 *
 * @param pair certificate and key
 * @param selfSigned whether the gateway has made it
 * @param client whether clients are asked for a certificate
 * @param authorities those who vouch for clients; nobody else does
 * @param context all of it, as Java has it
 */
record TlsInForce(
        CertificatePair pair,
        boolean selfSigned,
        TlsIdentity.ClientCertificate client,
        List<X509Certificate> authorities,
        SSLContext context) {

    /**
     * Puts it together.
     *
     * @throws CertificateRefused if Java cannot use it
     */
    static TlsInForce of(
            CertificatePair pair,
            boolean selfSigned,
            TlsIdentity.ClientCertificate client,
            List<X509Certificate> authorities)
            throws CertificateRefused {
        try {
            return new TlsInForce(pair, selfSigned, client, authorities, context(pair, authorities));
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateRefused("Java cannot use it: " + e.getMessage(), e);
        }
    }

    /** Tells whether nothing would change. */
    boolean isLike(TlsInForce other) {
        return pair.chain().equals(other.pair().chain())
                && client == other.client()
                && authorities.equals(other.authorities());
    }

    private static SSLContext context(CertificatePair pair, List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        char[] none = new char[0]; // it stays in memory
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, none);
        keys.setKeyEntry("gateway", pair.key(), none, pair.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, none);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trust(authorities), null);
        return context;
    }

    /** Without authorities nobody is trusted: null would stand for all that Java knows. */
    private static TrustManager[] trust(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        if (authorities.isEmpty()) {
            return new TrustManager[0];
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (int i = 0; i < authorities.size(); i++) {
            trusted.setCertificateEntry("authority-" + i, authorities.get(i));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(trusted);
        return managers.getTrustManagers();
    }
}
