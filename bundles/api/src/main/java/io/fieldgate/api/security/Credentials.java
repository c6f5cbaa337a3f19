package io.fieldgate.api.security;

import java.security.cert.X509Certificate;
import java.util.Objects;

/** What a client presents to say who it is. More kinds may follow. Their texts never show a secret. */
public sealed interface Credentials {

    /**
     * A name and a password, as Basic sends them (RFC 7617).
     *
     * @param name the user's name
     * @param password the password
     */
    record Password(String name, String password) implements Credentials {

        /** Refuses null. */
        public Password {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(password, "password");
        }

        /** The kind alone: people type passwords where the name should be. */
        @Override
        public String toString() {
            return "a password";
        }
    }

    /**
     * An API token, as Bearer sends it (RFC 6750).
     *
     * @param secret the token
     */
    record Token(String secret) implements Credentials {

        /** Refuses null. */
        public Token {
            Objects.requireNonNull(secret, "secret");
        }

        /** The kind alone. */
        @Override
        public String toString() {
            return "a token";
        }
    }

    /**
     * What the cookie of a login holds.
     *
     * @param secret the cookie's value
     */
    record Login(String secret) implements Credentials {

        /** Refuses null. */
        public Login {
            Objects.requireNonNull(secret, "secret");
        }

        /** The kind alone. */
        @Override
        public String toString() {
            return "a login";
        }
    }

    /**
     * A ticket, which counts once and for half a minute.
     *
     * @param secret the ticket
     */
    record Ticket(String secret) implements Credentials {

        /** Refuses null. */
        public Ticket {
            Objects.requireNonNull(secret, "secret");
        }

        /** The kind alone. */
        @Override
        public String toString() {
            return "a ticket";
        }
    }

    /**
     * The certificate that a client has proven to own in the TLS handshake; its chain has been checked.
     *
     * @param certificate the client's own, which is public
     */
    record Certificate(X509Certificate certificate) implements Credentials {

        /** Refuses null. */
        public Certificate {
            Objects.requireNonNull(certificate, "certificate");
        }

        /** Whose it says it is. */
        @Override
        public String toString() {
            return "a certificate of " + certificate.getSubjectX500Principal().getName();
        }
    }
}
