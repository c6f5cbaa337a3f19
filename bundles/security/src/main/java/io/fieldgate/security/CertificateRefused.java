package io.fieldgate.security;

/** A certificate and its key that cannot be used; the message is one line for a person. */
final class CertificateRefused extends Exception {

    private static final long serialVersionUID = 1;

    CertificateRefused(String message) {
        super(message);
    }

    CertificateRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
