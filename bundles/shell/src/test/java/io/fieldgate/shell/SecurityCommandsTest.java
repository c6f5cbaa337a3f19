package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.security.TlsIdentity;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityCommandsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Map<String, Object> MADE = Map.of(TlsIdentity.FINGERPRINT, "AB:CD");
    private static final String GOOD = "correct horse";

    private final PasswordCommand passwd = new PasswordCommand();
    private final UserCommand user = new UserCommand(CLOCK);
    private final TokenCommand token = new TokenCommand(CLOCK);
    private final CertificateCommand certificate = new CertificateCommand();
    private final FakeSession session = FakeSession.plain().use(new Caller(Role.ADMIN, "ssh:ada", "192.0.2.7"), GOOD);
    private final FakeUsers users = new FakeUsers(NOW.minusSeconds(3600))
            .withUser("anna", Role.OPERATOR, 2, Optional.empty())
            .withUser("bert", Role.VIEWER, 0, Optional.of(NOW.plusSeconds(90)));

    @BeforeEach
    void bind() {
        passwd.bindUsers(users);
        user.bindUsers(users);
        token.bindUsers(users);
    }

    @Test
    void setsAPasswordAndSaysForWhom() throws Exception {
        assertEquals("anna has a new password", passwd.passwd(session, "anna"));
        assertEquals("bert has a new password and the role admin", passwd.passwd(session, "--role", "admin", "bert"));
        assertEquals("carl is a user now, with the role viewer", passwd.passwd(session, "carl"));
        assertEquals("admin is a user now, with the role admin", passwd.passwd(session));
        assertEquals("admin has a new password", passwd.passwd(session));
        assertEquals(
                List.of(
                        "password anna " + GOOD + " - by ssh:ada",
                        "password bert " + GOOD + " admin by ssh:ada",
                        "password carl " + GOOD + " - by ssh:ada",
                        "password admin " + GOOD + " admin by ssh:ada",
                        "password admin " + GOOD + " - by ssh:ada"),
                users.done);
    }

    @Test
    void refusesAPasswordInOneLineThatDoesNotShowIt() {
        session.use(Caller.LOCAL, "geheim");

        assertEquals(
                "fg:passwd: a password has at least 10 characters", failureOf(() -> passwd.passwd(session, "anna")));
        assertEquals(List.of(), users.done);
    }

    @Test
    void changesNothingForWhomItDoesNotKnow() {
        session.put(".client", null);

        assertTrue(failureOf(() -> passwd.passwd(session, "anna")).startsWith("this session does not know"));
        assertTrue(failureOf(() -> user.user(session, "remove", "anna")).startsWith("this session does not know"));
        assertEquals(List.of(), users.done);
    }

    @Test
    void listsUsers() throws Exception {
        assertEquals("""
                USER  ROLE      PASSWORD   LOGINS  LOCKED
                anna  operator  1 h 0 min       2  no
                bert  viewer    1 h 0 min       0  1 min 30 s""", user.user(session, "list"));
    }

    @Test
    void changesARoleAndRemovesAUser() throws Exception {
        assertEquals("anna has the role admin", user.user(session, "role", "anna", "admin"));
        assertEquals("bert is no user any more", user.user(session, "remove", "bert"));
        assertEquals(List.of("role anna admin by ssh:ada", "remove bert by ssh:ada"), users.done);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "nonsense; fg:user: what can be done is list, role, remove, got \"nonsense\"",
                "role anna; fg:user: role needs a ROLE",
                "role anna chief; 'fg:user: a role is viewer, operator or admin, got \"chief\"'",
                "remove; fg:user: remove needs a NAME",
                "remove carl; fg:user: there is no user carl",
                "list anna; fg:user: \"anna\" is one too many for list"
            })
    void saysInOneLineWhatIsWrongWithAUser(String words, String line) {
        assertEquals(line, failureOf(() -> user.user(session, words.split(" "))));
        assertEquals(List.of(), users.done);
    }

    @Test
    void makesATokenAndPrintsNothingElse() throws Exception {
        assertEquals("fg_made", token.token(session, "create", "ci"));
        assertEquals("fg_made", token.token(session, "create", "--role", "operator", "--expires", "90d", "plc"));
        assertEquals("the token ci is revoked", token.token(session, "revoke", "ci"));
        assertEquals(
                List.of(
                        "token ci viewer - by ssh:ada",
                        "token plc operator 2026-04-01T12:00:00Z by ssh:ada",
                        "revoke ci by ssh:ada"),
                users.done);
        assertEquals("""
                TOKEN  ROLE      AGE        ENDS         USED
                ci     viewer    1 h 0 min  never        1 h 0 min ago
                plc    operator  1 h 0 min  in 90 d 0 h  1 h 0 min ago""", token.token(session, "list"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "create; fg:token: create needs a NAME",
                "create --expires soon ci; 'fg:token: --expires takes such as 30m, 12h or 90d, got \"soon\"'",
                "list --role viewer; fg:token: --role and --expires are for create"
            })
    void saysInOneLineWhatIsWrongWithAToken(String words, String line) {
        assertEquals(line, failureOf(() -> token.token(session, words.split(" "))));
        assertEquals(List.of(), users.done);
    }

    @Test
    void showsTheCertificate() throws Exception {
        Identity identity = new Identity();
        certificate.bindIdentity(identity, Map.of());
        assertTrue(certificate.certificate(session).startsWith("there is none yet"));
        certificate.updatedIdentity(identity, MADE);

        assertEquals("""
                fingerprint  AB:CD
                ends         2027-02-02T12:00:00Z
                made by      the gateway itself
                clients'     wanted""", certificate.certificate(session));
    }

    @Test
    void looksAtTheFilesOfTheCertificateWhenAsked() throws Exception {
        FakeAudit audit = new FakeAudit();
        Identity identity = new Identity();
        certificate.bindIdentity(identity, MADE);
        certificate.bindAudit(audit);

        assertTrue(certificate.certificate(session, "reload").contains("AB:CD"));
        identity.refusal = Optional.of("the key does not fit");
        assertEquals(
                "fg:certificate: the key does not fit", failureOf(() -> certificate.certificate(session, "reload")));
        assertEquals(
                List.of("ssh:ada|192.0.2.7|certificate reload||DONE", "ssh:ada|192.0.2.7|certificate reload||FAILED"),
                audit.lines);
    }

    @Test
    void saysInTheStatusWhoMayBeServed() {
        SecurityStatus status = new SecurityStatus(CLOCK);

        String without = status.addTo(Table.ofNames()).fit(0);
        assertTrue(without.contains("only this machine may be served: the bundle io.fieldgate.security"), without);

        status.bindIdentity(new Identity(), MADE);
        String with = status.addTo(Table.ofNames()).fit(0);
        assertTrue(with.contains("self-signed, ends 2027-02-02T12:00:00Z, SHA-256 AB:CD"), with);
    }

    @Test
    void namesTheBundleThatIsMissing() {
        String line = "the bundle io.fieldgate.security is not active";
        assertEquals(line, failureOf(() -> new PasswordCommand().passwd(session, "anna")));
        assertEquals(line, failureOf(() -> new UserCommand().user(session, "list")));
        assertEquals(line, failureOf(() -> new TokenCommand().token(session, "list")));
        assertEquals(line, failureOf(() -> certificate.certificate(session)));
    }

    @Test
    void showsASecretNowhere() {
        Request.Run request = new Request.Run(Caller.LOCAL, Optional.of(new Secret(GOOD)), WindowSize.of("0 0"), "x");

        assertFalse(request.toString().contains(GOOD), request.toString());
    }

    private static String failureOf(Executable command) {
        return assertThrows(Exception.class, command).getMessage();
    }

    private static final class Identity implements TlsIdentity {

        private Optional<String> refusal = Optional.empty();

        @Override
        public Optional<String> reload() {
            return refusal;
        }

        @Override
        public SSLContext context() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ClientCertificate clientCertificate() {
            return ClientCertificate.WANTED;
        }

        @Override
        public String fingerprint() {
            throw new AssertionError("to ask would make one");
        }

        @Override
        public Instant expires() {
            return Instant.parse("2027-02-02T12:00:00Z");
        }

        @Override
        public boolean selfSigned() {
            return true;
        }
    }
}
