package io.fieldgate.security;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Two PEM files.
 *
 * @param certificate the chain, the gateway's own first
 * @param key the private key
 */
record CertificateFiles(Path certificate, Path key) implements CertificateSource {

    @Override
    public CertificatePair read() throws CertificateRefused {
        List<X509Certificate> chain = PemFile.read(certificate).certificates();
        CertificatePair pair = new CertificatePair(PemKey.read(key, chain.get(0).getPublicKey()), chain);
        try {
            pair.check();
        } catch (CertificateRefused e) {
            throw new CertificateRefused(certificate + ": " + e.getMessage(), e);
        }
        return pair;
    }

    @Override
    public List<Path> files() {
        return List.of(certificate, key);
    }

    @Override
    public Path secret() {
        return key;
    }

    @Override
    public String toString() {
        return certificate.toString();
    }
}
