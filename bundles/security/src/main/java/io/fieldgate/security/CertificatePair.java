package io.fieldgate.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A private key and the chain of certificates that vouch for it, the gateway's own first.
 *
 * @param key the private key
 * @param chain at least one
 */
record CertificatePair(PrivateKey key, List<X509Certificate> chain) {

    private static final int RSA_LEAST_BITS = 2048;
    private static final byte[] PROBE = "belongs together".getBytes(StandardCharsets.US_ASCII);

    /** Copies the chain. */
    CertificatePair {
        chain = List.copyOf(chain);
    }

    /**
     * Checks that the parts belong together. Their time is not looked at.
     *
     * @throws CertificateRefused if they do not
     */
    void check() throws CertificateRefused {
        if (own().getPublicKey() instanceof RSAKey rsa && rsa.getModulus().bitLength() < RSA_LEAST_BITS) {
            throw new CertificateRefused("its RSA key has " + rsa.getModulus().bitLength() + " bits, and needs "
                    + RSA_LEAST_BITS + " at least");
        }
        if (!belongsToTheKey()) {
            throw new CertificateRefused("key and certificate do not belong together");
        }
        for (int i = 1; i < chain.size(); i++) {
            try {
                chain.get(i - 1).verify(chain.get(i).getPublicKey());
            } catch (GeneralSecurityException e) {
                throw new CertificateRefused(
                        "its chain is not in order: number " + i + " (" + name(chain.get(i - 1))
                                + ") is not signed by the next (" + name(chain.get(i)) + ")",
                        e);
            }
        }
    }

    /**
     * Checks that it is valid at a time.
     *
     * @throws CertificateRefused if it is not
     */
    void checkTime(Instant now) throws CertificateRefused {
        if (now.isAfter(ends())) {
            throw new CertificateRefused("it has expired at " + ends());
        }
        if (now.isBefore(begins())) {
            throw new CertificateRefused("it is not valid before " + begins() + "; the clock says " + now);
        }
    }

    /** Where the first of the chain begins to be valid that begins last. */
    Instant begins() {
        return chain.stream()
                .map(one -> one.getNotBefore().toInstant())
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /** Where the first of the chain ends. */
    Instant ends() {
        return chain.stream()
                .map(one -> one.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** SHA-256 in hexadecimal pairs with colons. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(own().getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private X509Certificate own() {
        return chain.get(0);
    }

    private boolean belongsToTheKey() {
        try {
            Signature signing = signature();
            signing.initSign(key);
            signing.update(PROBE);
            byte[] signed = signing.sign();
            Signature verifying = signature();
            verifying.initVerify(own().getPublicKey());
            verifying.update(PROBE);
            return verifying.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // a key of another kind
        }
    }

    private Signature signature() throws GeneralSecurityException {
        String kind = own().getPublicKey().getAlgorithm().toUpperCase(Locale.ROOT);
        return switch (kind) {
            case "RSA" -> Signature.getInstance("SHA256withRSA");
            case "EC" -> Signature.getInstance("SHA256withECDSA");
            case "RSASSA-PSS" -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                yield pss;
            }
            default -> Signature.getInstance(own().getPublicKey().getAlgorithm());
        };
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "certificate of " + name(own());
    }
}
