package io.fieldgate.security;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.security.Authentication;
import io.fieldgate.api.security.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealmTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private Path folder;
    private Subject subject;

    @BeforeEach
    void start() {
        folder = home.resolve("data").resolve("security");
        subject = new Subject(folder);
    }

    @AfterEach
    void stop() {
        subject.close();
    }

    private void restart() {
        subject.close();
        subject = new Subject(folder, subject.clock, Subject.COST);
    }

    private User token(String name) {
        return subject.known(
                new Credentials.Token(subject.users.createToken(name, Role.OPERATOR, Optional.empty(), "test")));
    }

    @Test
    void theFirstStartMakesATokenForAnAdminInAFileOfItsOwner() throws IOException {
        Path file = folder.resolve("admin.token");
        User admin = subject.known(new Credentials.Token(Files.readString(file).strip()));
        assertEquals("token:admin", admin.name());
        assertEquals(Role.ADMIN, admin.role());
        for (String name : new String[] {"admin.token", "users.json"}) {
            assertEquals(
                    "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))));
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        assertFalse(
                Files.readString(folder.resolve("users.json"))
                        .contains(Files.readString(file).strip()),
                "only its hash is kept");
    }

    @Test
    void theTokenOfTheFirstStartIsMadeOnceInTheLifeOfAHome() throws IOException {
        String first = Files.readString(folder.resolve("admin.token")).strip();
        restart();
        subject.known(new Credentials.Token(first));
        subject.users.revokeToken("admin", "test");
        assertFalse(Files.exists(folder.resolve("admin.token")));
        restart();
        assertFalse(Files.exists(folder.resolve("admin.token")));
        assertEquals(0, subject.users.tokens().size());
    }

    @Test
    void shutsOthersOutOfAFolderThatTheyCouldRead() throws IOException {
        subject.close();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder.resolve("users.json"), PosixFilePermissions.fromString("rw-r--r--"));
        restart();
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("users.json"))));
    }

    @Test
    void isWithoutAnAdminUntilOneHasAPassword() {
        assertTrue(subject.check.missing().orElseThrow().contains("fieldgate setup"));
        subject.user("anna", Role.OPERATOR);
        assertTrue(subject.check.missing().isPresent());
        subject.user("root", Role.ADMIN);
        assertTrue(subject.check.missing().isEmpty());
    }

    @Test
    void aRestartLogsNobodyOut() {
        subject.user("anna", Role.OPERATOR);
        String cookie = subject.login("anna");
        User before = subject.known(new Credentials.Login(cookie));
        User basic = subject.known(new Credentials.Password("anna", Subject.PASSWORD));
        User token = token("ci");
        restart();
        assertEquals(before, subject.known(new Credentials.Login(cookie)));
        for (User user : new User[] {before, basic, token}) {
            assertTrue(subject.check.stands(user), user.grant());
            subject.sessions.open(user.grant(), user);
        }
        subject.users.createToken("other", Role.VIEWER, Optional.empty(), "test"); // looks at all sessions
        User gone = token("gone");
        subject.sessions.open("gone", gone);
        subject.users.revokeToken("gone", "test");
        await().atMost(LIMIT).until(() -> subject.sessions.closed.containsKey("gone"));
        assertEquals(Set.of("gone"), subject.sessions.closed.keySet());
    }

    @Test
    void aLoginEndsAfterItsAbsoluteLife() {
        subject.user("anna", Role.OPERATOR);
        String cookie = subject.login("anna");
        User user = subject.known(new Credentials.Login(cookie));
        subject.sessions.open("s", user);
        subject.clock.advance(Duration.ofHours(12).minusSeconds(1));
        assertTrue(subject.check.stands(user));
        subject.clock.advance(Duration.ofSeconds(1));
        assertFalse(subject.check.stands(user));
        assertInstanceOf(Authentication.Unknown.class, subject.outcome(new Credentials.Login(cookie), Subject.ADDRESS));
        await().atMost(LIMIT).until(() -> subject.sessions.closed.containsKey("s"));
        assertEquals(0, subject.realm.logins().count("anna"));
    }

    @Test
    void keepsSixteenLoginsOfAUserAndDropsTheOldest() {
        subject.user("anna", Role.OPERATOR);
        subject.user("berta", Role.OPERATOR);
        String bertas = subject.login("berta");
        String oldest = subject.login("anna");
        subject.clock.advance(Duration.ofSeconds(1));
        String second = subject.login("anna");
        subject.clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 15; i++) {
            subject.login("anna");
        }
        assertInstanceOf(Authentication.Unknown.class, subject.outcome(new Credentials.Login(oldest), Subject.ADDRESS));
        subject.known(new Credentials.Login(second));
        subject.known(new Credentials.Login(bertas));
        assertEquals(16, subject.users.users().get(0).logins());
    }

    @Test
    void keepsNoSecretOfALogin() throws IOException {
        subject.user("anna", Role.OPERATOR);
        String cookie = subject.login("anna");
        String file = Files.readString(folder.resolve("logins.json"));
        assertTrue(file.contains("anna"));
        assertFalse(file.contains(cookie.substring(cookie.indexOf('.') + 1)));
    }

    @Test
    void aDamagedFileOfLoginsLogsEverybodyOut() throws IOException {
        subject.user("anna", Role.OPERATOR);
        String cookie = subject.login("anna");
        subject.close();
        Files.writeString(folder.resolve("logins.json"), "{\"logins\":[");
        restart();
        assertInstanceOf(Authentication.Unknown.class, subject.outcome(new Credentials.Login(cookie), Subject.ADDRESS));
        assertTrue(Files.exists(folder.resolve("logins.damaged.json")));
        subject.known(new Credentials.Password("anna", Subject.PASSWORD));
    }

    @Test
    void loggingOutClosesWhatThatLoginLetInAndNothingElse() {
        subject.user("anna", Role.OPERATOR);
        User first = subject.known(new Credentials.Login(subject.login("anna")));
        User second = subject.known(new Credentials.Login(subject.login("anna")));
        User basic = subject.known(new Credentials.Password("anna", Subject.PASSWORD));
        User byTicket =
                subject.known(new Credentials.Ticket(subject.realm.tickets().make(first)));
        open("first", first);
        open("second", second);
        open("basic", basic);
        open("ticket", byTicket);
        open("anonymous", new User(User.ANONYMOUS, Role.VIEWER));
        assertTrue(
                subject.realm.endLogin(Grant.parse(first.grant()).orElseThrow().name()));
        await().atMost(LIMIT).until(() -> subject.sessions.closed.size() == 2);
        assertEquals(Set.of("second", "basic", "anonymous"), subject.sessions.ids());
        assertEquals(new CloseReason(CloseReason.POLICY, "the login has ended"), subject.sessions.closed.get("first"));
    }

    @Test
    void aSessionThatIsJustOpeningIsClosedToo() {
        User token = token("ci");
        subject.users.revokeToken("ci", "test");
        open("late", token);
        await().atMost(LIMIT).until(() -> subject.sessions.closed.containsKey("late"));
    }

    @Test
    void aChangedPasswordEndsAllOfThatUsersAndNothingOfOthers() {
        subject.user("anna", Role.OPERATOR);
        subject.user("berta", Role.OPERATOR);
        open("login", subject.known(new Credentials.Login(subject.login("anna"))));
        open("basic", subject.known(new Credentials.Password("anna", Subject.PASSWORD)));
        open("berta", subject.known(new Credentials.Password("berta", Subject.PASSWORD)));
        open("token", token("anna")); // a token of the same name is nobody's
        subject.users.setPassword("anna", "another password", Optional.empty(), "test");
        await().atMost(LIMIT).until(() -> subject.sessions.closed.size() == 2);
        assertEquals(Set.of("berta", "token"), subject.sessions.ids());
        User anew = subject.known(new Credentials.Password("anna", "another password"));
        assertEquals(Role.OPERATOR, anew.role());
        assertTrue(subject.check.stands(anew), "who comes with the new password stays");
    }

    @Test
    void aChangedRoleOrARemovedUserEndsAllOfThatUsers() {
        subject.user("anna", Role.OPERATOR);
        subject.user("berta", Role.OPERATOR);
        User anna = subject.known(new Credentials.Login(subject.login("anna")));
        User berta = subject.known(new Credentials.Password("berta", Subject.PASSWORD));
        subject.users.setRole("anna", Role.OPERATOR, "test");
        assertTrue(subject.check.stands(anna), "it is the same role");
        subject.users.setRole("anna", Role.VIEWER, "test");
        assertFalse(subject.check.stands(anna));
        subject.users.removeUser("berta", "test");
        subject.user("berta", Role.OPERATOR);
        assertFalse(subject.check.stands(berta), "it is another one of that name");
    }

    @Test
    void aTokenEndsByItselfOrWhenItIsRevoked() {
        String secret = subject.users.createToken(
                "ci", Role.VIEWER, Optional.of(subject.clock.instant().plusSeconds(60)), "test");
        assertTrue(secret.matches("fg_[A-Za-z0-9_-]{43}"), "the form of a token");
        User user = subject.known(new Credentials.Token(secret));
        assertEquals("token:ci", user.name());
        assertTrue(subject.users.tokens().stream()
                .anyMatch(token -> token.lastUsed().isPresent()));
        open("ci", user);
        subject.clock.advance(Duration.ofSeconds(60));
        assertFalse(subject.check.stands(user));
        assertInstanceOf(Authentication.Unknown.class, subject.outcome(new Credentials.Token(secret), Subject.ADDRESS));
        await().atMost(LIMIT).until(() -> subject.sessions.closed.containsKey("ci"));
        subject.users.revokeToken("ci", "test");
        assertFalse(subject.check.stands(user));
        assertTrue(subject.check.stands(token("ci")), "another one of that name");
        assertFalse(subject.check.stands(user));
    }

    @Test
    void aTicketCountsOnceAndForHalfAMinute() {
        User user = token("ci");
        String ticket = subject.realm.tickets().make(user);
        assertEquals(user, subject.known(new Credentials.Ticket(ticket)));
        assertInstanceOf(
                Authentication.Unknown.class, subject.outcome(new Credentials.Ticket(ticket), Subject.ADDRESS));
        String late = subject.realm.tickets().make(user);
        subject.clock.advance(Tickets.LIFE);
        assertInstanceOf(Authentication.Unknown.class, subject.outcome(new Credentials.Ticket(late), Subject.ADDRESS));
        String taken = subject.realm.tickets().make(user);
        subject.users.revokeToken("ci", "test");
        assertInstanceOf(Authentication.Unknown.class, subject.outcome(new Credentials.Ticket(taken), Subject.ADDRESS));
    }

    @Test
    void ticketsAreBounded() {
        User one = new User("token:a", Role.VIEWER, "token:a#1");
        Tickets tickets = subject.realm.tickets();
        String oldest = tickets.make(one);
        for (int i = 0; i < Tickets.MAX_PER_GRANT; i++) {
            tickets.make(one);
        }
        assertEquals(Tickets.MAX_PER_GRANT, tickets.size());
        assertTrue(tickets.take(oldest).isEmpty());
        for (int i = 0; i < 2 * Tickets.MAX; i++) {
            tickets.make(new User("x", Role.VIEWER, "token:x#" + i));
        }
        assertEquals(Tickets.MAX, tickets.size());
    }

    @Test
    void aGrantOfAnUnknownKindDoesNotStand() {
        assertFalse(subject.check.stands(new User("anna", Role.ADMIN, "magic:anna")));
        assertFalse(subject.check.stands(new User("anna", Role.ADMIN, "password")));
        assertFalse(subject.check.stands(new User("anna", Role.ADMIN, "password:anna")));
    }

    @Test
    void noTextShowsASecret() {
        subject.user("anna", Role.OPERATOR);
        String cookie = subject.login("anna");
        String secret = subject.users.createToken("ci", Role.VIEWER, Optional.empty(), "test");
        String all = subject.realm.directory().content()
                + String.join("\n", subject.audit.lines)
                + LoginForm.read(
                        Endpoint.JSON,
                        "{\"name\":\"hunter22\",\"password\":\"hunter23\"}".getBytes(StandardCharsets.UTF_8));
        for (String hidden : new String[] {cookie, secret, Subject.PASSWORD, "$2b$", "hunter2"}) {
            assertFalse(all.contains(hidden), hidden);
        }
        assertTrue(subject.audit.lines.contains("test token create viewer ci done"), all);
        assertTrue(subject.audit.lines.contains("test password set anna done"), all);
    }

    private void open(String id, User user) {
        subject.sessions.open(id, user);
    }
}
