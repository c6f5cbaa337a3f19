package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fieldgate.api.data.User;
import io.fieldgate.api.security.Authentication;
import io.fieldgate.api.security.Authenticator;
import io.fieldgate.api.security.Credentials;
import io.fieldgate.api.security.TlsIdentity;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ListenPermitTest {

    private static final Speech PLAIN = new Speech.Plain();
    private static final Speech TLS = new Speech.Tls(Speech.Tls.NO_PORT);

    private final ListenPermit permit = new ListenPermit();

    @Test
    void letsThisMachineComeWithoutAnything() throws IOException {
        permit.check(terms("127.0.0.1", PLAIN));
        permit.check(terms("localhost", PLAIN));
    }

    @Test
    void needsTheSecurityBundleForOthers() {
        assertInstanceOf(
                NotYet.class,
                refusal(
                        "listening on 0.0.0.0 needs the security bundle, which is not here;"
                                + " listen on 127.0.0.1, ::1 or localhost",
                        terms("0.0.0.0", TLS)));
    }

    @Test
    void needsTlsForOthers() {
        permit.bindAuthenticator(new Asked(Optional.empty()));
        refusal(
                "listening on 0.0.0.0 needs TLS: set tls=true, or run 'fieldgate setup';"
                        + " without it listen on 127.0.0.1, ::1 or localhost",
                terms("0.0.0.0", PLAIN));
    }

    @Test
    void needsWhatTheSecurityBundleMisses() {
        permit.bindAuthenticator(new Asked(Optional.of("nobody has a password: run 'fieldgate setup'")));
        refusal("cannot listen on 0.0.0.0: nobody has a password: run 'fieldgate setup'", terms("0.0.0.0", TLS));
    }

    @Test
    void waitsForTheCertificateAndKeepsIt() throws Exception {
        Terms terms = terms("127.0.0.1", TLS);
        refusal("TLS on 127.0.0.1:0 needs the security bundle, which is not here", terms);
        CountDownLatch changed = new CountDownLatch(1);
        permit.whenChanged(changed::countDown);
        Identity identity = new Identity(Optional.empty());
        permit.bindIdentity(identity);
        changed.await(20, TimeUnit.SECONDS);
        permit.check(terms);
        permit.unbindIdentity(identity);
        permit.check(terms);
    }

    @Test
    void saysWhyThereIsNoCertificate() {
        permit.bindIdentity(new Identity(Optional.of("keytool fails")));
        Terms terms = terms("127.0.0.1", TLS);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> "cannot listen on 127.0.0.1:0 with TLS: keytool fails"
                        .equals(assertThrows(IOException.class, () -> permit.check(terms))
                                .getMessage()));
    }

    private IOException refusal(String line, Terms terms) {
        IOException refused = assertThrows(IOException.class, () -> permit.check(terms));
        assertEquals(line, refused.getMessage());
        return refused;
    }

    private static Terms terms(String host, Speech speech) {
        return new Terms(new Address(host, 0), speech, Paths.ALL, new Terms.Limits(60, 8192, 8, 128, 0));
    }

    private record Asked(Optional<String> missing) implements Authenticator {

        @Override
        public CompletionStage<Authentication> authenticate(Credentials credentials, String address) {
            return CompletableFuture.completedFuture(new Authentication.Unknown());
        }

        @Override
        public boolean stands(User user) {
            return true;
        }
    }

    private record Identity(Optional<String> failure) implements TlsIdentity {

        @Override
        public SSLContext context() {
            failure.ifPresent(detail -> {
                throw new IllegalStateException(detail);
            });
            try {
                return SSLContext.getDefault();
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public ClientCertificate clientCertificate() {
            return ClientCertificate.NONE;
        }

        @Override
        public String fingerprint() {
            return "";
        }

        @Override
        public Instant expires() {
            return Instant.MAX;
        }

        @Override
        public boolean selfSigned() {
            return true;
        }

        @Override
        public Optional<String> reload() {
            return Optional.empty();
        }
    }
}
