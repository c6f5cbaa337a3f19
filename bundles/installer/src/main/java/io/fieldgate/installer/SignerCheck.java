package io.fieldgate.installer;

import io.fieldgate.api.gateway.UpdateException;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether one signer is trusted at an instant: by its own certificate, or by one of a CA that its chain leads to (RFC 5280, 6).
 *
 * @param trusted what {@code etc/trust} says
 * @param now the gateway's time
 */
record SignerCheck(TrustFolder.Contents trusted, Instant now) {

    private static final Set<String> CODE_SIGNING = Set.of("1.3.6.1.5.5.7.3.3", "2.5.29.37.0");

    /**
     * Refuses a revoked certificate, anywhere in the chain. Keys are compared, for an ECDSA certificate can be written differently by anybody and stays
     * valid.
     */
    void notRevoked(CodeSigner signer) throws UpdateException {
        if (trusted.broken().isPresent()) {
            throw SignedJar.refused(trusted.broken().get() + ": repair it");
        }
        for (X509Certificate certificate : chain(signer)) {
            notRevoked(certificate, chain(signer).get(0));
        }
    }

    /**
     * Finds the way to a certificate that is trusted.
     *
     * @return the subject (RFC 2253)
     * @throws UpdateException if there is none, or something on it does not hold now
     */
    String subject(CodeSigner signer) throws UpdateException {
        List<X509Certificate> chain = chain(signer);
        X509Certificate own = chain.get(0);
        String subject = name(own);
        if (trusted.anchors().contains(own)) {
            return checked(List.of(), own, own);
        }
        for (int length = 1; length <= chain.size(); length++) {
            X509Certificate last = chain.get(length - 1);
            Optional<X509Certificate> issuer = trusted.anchors().stream()
                    .filter(anchor -> issued(anchor, last))
                    .findFirst();
            if (issuer.isPresent()) {
                return checked(chain.subList(0, length), issuer.get(), own);
            }
        }
        throw SignedJar.refused("it is signed by a stranger: " + subject + ", certificate issued by "
                + own.getIssuerX500Principal().getName()
                + "; put the certificate of one of them into etc/trust if it is to be trusted");
    }

    private String checked(List<X509Certificate> path, X509Certificate trust, X509Certificate own)
            throws UpdateException {
        for (X509Certificate certificate : path) {
            valid(certificate);
        }
        valid(trust);
        notRevoked(trust, own);
        mayCode(own);
        if (!path.isEmpty()) {
            validate(path, trust);
        }
        return name(own);
    }

    private void valid(X509Certificate certificate) throws UpdateException {
        Instant from = certificate.getNotBefore().toInstant();
        Instant to = certificate.getNotAfter().toInstant();
        if (now.isBefore(from)) {
            throw SignedJar.refused("the certificate of " + name(certificate) + " is not valid before " + from
                    + ", and the gateway's clock says " + now + ": set the clock, or wait");
        }
        if (now.isAfter(to)) {
            throw SignedJar.refused("the certificate of " + name(certificate) + " has expired at " + to
                    + ", and the gateway's clock says " + now + ": renew it and sign again");
        }
    }

    private void notRevoked(X509Certificate certificate, X509Certificate own) throws UpdateException {
        for (X509Certificate revoked : trusted.revoked()) {
            if (revoked.equals(certificate) || revoked.getPublicKey().equals(certificate.getPublicKey())) {
                throw SignedJar.refused("it is signed by " + name(own) + ", and the certificate of " + name(certificate)
                        + " is revoked by etc/trust/" + TrustFolder.REVOKED);
            }
        }
    }

    private static void mayCode(X509Certificate own) throws UpdateException {
        try {
            List<String> purposes = own.getExtendedKeyUsage();
            boolean[] usage = own.getKeyUsage();
            boolean purpose = purposes == null || purposes.stream().anyMatch(CODE_SIGNING::contains);
            if (!purpose || (usage != null && !usage[0])) {
                throw SignedJar.refused("the certificate of " + name(own)
                        + " is for other things than signing code: have one made with the purpose codeSigning");
            }
        } catch (CertificateParsingException e) {
            throw SignedJar.refused("the certificate of " + name(own) + " cannot be read", e);
        }
    }

    private void validate(List<X509Certificate> path, X509Certificate anchor) throws UpdateException {
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
            parameters.setDate(Date.from(now));
            // No device asks a server on the net for this; revoked.pem was looked at already.
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (GeneralSecurityException e) {
            throw SignedJar.refused(
                    "the certificates from " + name(path.get(0)) + " up to " + name(anchor) + " do not hold: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Whether a certificate was issued by this one, which must be a CA's; a signer that is trusted is not thereby allowed to make others. */
    private static boolean issued(X509Certificate anchor, X509Certificate certificate) {
        boolean[] usage = anchor.getKeyUsage();
        if (anchor.getBasicConstraints() < 0
                || (usage != null && !usage[5])
                || !anchor.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(anchor.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<X509Certificate> chain(CodeSigner signer) {
        return signer.getSignerCertPath().getCertificates().stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static String name(X509Certificate certificate) {
        return JarShape.shown(certificate.getSubjectX500Principal().getName());
    }
}
