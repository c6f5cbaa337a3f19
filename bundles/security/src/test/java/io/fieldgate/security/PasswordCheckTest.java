package io.fieldgate.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.security.Authentication;
import io.fieldgate.api.security.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordCheckTest {

    @TempDir
    Path folder;

    private Subject subject;

    @BeforeEach
    void start() {
        subject = new Subject(folder.resolve("security"));
        subject.user("anna", Role.OPERATOR);
    }

    @AfterEach
    void stop() {
        subject.close();
    }

    @Test
    void knowsAUserByNameAndPassword() {
        User user = subject.known(new Credentials.Password("anna", Subject.PASSWORD));
        assertEquals("anna", user.name());
        assertEquals(Role.OPERATOR, user.role());
        assertTrue(user.grant().startsWith("password:anna#"), user.grant());
        assertTrue(subject.check.stands(user));
        assertEquals("anna password done", subject.audit.lines.get(subject.audit.lines.size() - 1));
    }

    @Test
    void takesThePasswordInAnyUnicodeForm() {
        subject.users.setPassword("anna", "Brücke über", Optional.empty(), "test");
        assertInstanceOf(Authentication.Known.class, subject.password("anna", "Bru\u0308cke u\u0308ber"));
    }

    @Test
    void doesTheSameWorkForAnUnknownUser() {
        assertInstanceOf(Authentication.Unknown.class, subject.password("anna", "wrong password"));
        assertInstanceOf(Authentication.Unknown.class, subject.password("berta", "wrong password"));
        assertInstanceOf(Authentication.Unknown.class, subject.password("No Name", "wrong password"));
        assertInstanceOf(Authentication.Unknown.class, subject.password("anna", "x".repeat(73)));
        assertInstanceOf(Authentication.Unknown.class, subject.password("anna", Subject.PASSWORD + "\0"));
        assertEquals(5, subject.hash.compared.size());
        for (String hash : subject.hash.compared) {
            assertTrue(hash.startsWith("$2b$04$") && Bcrypt.isHash(hash), hash);
        }
    }

    @Test
    void locksAnUnknownUserAsItLocksAKnownOne() {
        for (String name : new String[] {"anna", "berta"}) {
            for (int i = 0; i < 5; i++) {
                assertInstanceOf(Authentication.Unknown.class, subject.password(name, "wrong password"));
            }
            assertEquals(later(1), subject.password(name, Subject.PASSWORD), name);
        }
    }

    @Test
    void waitsTwiceAsLongWithEachWrongPasswordAndFiveMinutesAtMost() {
        for (int i = 0; i < 4; i++) {
            subject.password("anna", "wrong password");
        }
        int seconds = 1;
        for (int i = 0; i < 12; i++) {
            subject.password("anna", "wrong password");
            assertEquals(later(seconds), subject.password("anna", Subject.PASSWORD));
            subject.clock.advance(Duration.ofSeconds(seconds));
            seconds = Math.min(300, 2 * seconds);
        }
        int looked = subject.hash.compared.size();
        assertEquals(16, looked, "nothing is looked at while a user is locked");
        assertInstanceOf(Authentication.Known.class, subject.password("anna", Subject.PASSWORD));
        assertInstanceOf(Authentication.Unknown.class, subject.password("anna", "wrong password"), "begins anew");
    }

    @Test
    void locksOneAddressAndNotTheUserEverywhere() {
        for (int i = 0; i < 5; i++) {
            subject.password("anna", "wrong password", "192.0.2.66");
        }
        assertInstanceOf(Authentication.Later.class, subject.password("anna", Subject.PASSWORD, "192.0.2.66"));
        assertInstanceOf(Authentication.Known.class, subject.password("anna", Subject.PASSWORD, Subject.ADDRESS));
    }

    @Test
    void locksTheUserAfterFiftyWrongOnesFromManyAddresses() {
        for (int i = 0; i < 50; i++) {
            subject.password("anna", "wrong password", "198.51.100." + i);
        }
        assertEquals(later(1), subject.password("anna", Subject.PASSWORD));
        assertTrue(subject.users.users().get(0).lockedUntil().isPresent());
        subject.clock.advance(Duration.ofSeconds(1));
        assertInstanceOf(Authentication.Known.class, subject.password("anna", Subject.PASSWORD));
    }

    @Test
    void locksAnAddressAfterFiftyWrongOnesForManyUsersButNeverThisMachine() {
        for (int i = 0; i < 50; i++) {
            subject.password("user" + i, "wrong password");
            subject.password("user" + i, "wrong password", "127.0.0.1");
        }
        assertInstanceOf(Authentication.Later.class, subject.password("anna", Subject.PASSWORD));
        assertInstanceOf(Authentication.Known.class, subject.password("anna", Subject.PASSWORD, "127.0.0.1"));
    }

    @Test
    void countsAllAddressesOfOneCustomersNetworkAsOne() {
        for (int i = 1; i <= 5; i++) {
            subject.password("anna", "wrong password", "2001:db8:1:2::" + i);
        }
        assertInstanceOf(Authentication.Later.class, subject.password("anna", Subject.PASSWORD, "2001:db8:1:2:9::7"));
        assertInstanceOf(Authentication.Known.class, subject.password("anna", Subject.PASSWORD, "2001:db8:1:3::1"));
    }

    @Test
    void remembersAPasswordThatWasRightForFiveMinutes() {
        subject.password("anna", Subject.PASSWORD);
        for (int i = 0; i < 10; i++) {
            assertInstanceOf(Authentication.Known.class, subject.password("anna", Subject.PASSWORD));
        }
        assertEquals(1, subject.hash.compared.size());
        subject.clock.advance(Duration.ofMinutes(5));
        subject.password("anna", Subject.PASSWORD);
        assertEquals(2, subject.hash.compared.size());
    }

    @Test
    void remembersNothingForAnotherAddressOrAfterAChange() {
        subject.password("anna", Subject.PASSWORD);
        subject.password("anna", Subject.PASSWORD, "192.0.2.8");
        assertEquals(2, subject.hash.compared.size());
        subject.users.setPassword("anna", "another password", Optional.empty(), "test");
        assertInstanceOf(Authentication.Unknown.class, subject.password("anna", Subject.PASSWORD));
    }

    @Test
    void aRememberedPasswordCannotBeGuessedWhileItsUserIsLocked() {
        subject.password("anna", Subject.PASSWORD);
        for (int i = 0; i < 50; i++) {
            subject.password("anna", "wrong password", "198.51.100." + i);
        }
        assertInstanceOf(Authentication.Known.class, subject.password("anna", Subject.PASSWORD), "scripts go on");
        for (int i = 0; i < 5; i++) {
            assertInstanceOf(Authentication.Later.class, subject.password("anna", "a guess at it " + i));
        }
        assertInstanceOf(Authentication.Later.class, subject.password("anna", Subject.PASSWORD));
    }

    @Test
    void refusesAPasswordThatIsTooShortOrTooLongAndSaysWhy() {
        assertRefused("123456789", "at least 10 characters, this one has 9");
        assertRefused("ä".repeat(37), "at most 72 bytes, this one has 74");
        assertRefused("line\nbreak in it", "no control characters");
        subject.users.setPassword("anna", "ä".repeat(36), Optional.empty(), "test");
        assertInstanceOf(Authentication.Known.class, subject.password("anna", "ä".repeat(36)));
    }

    private void assertRefused(String password, String why) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> subject.users.setPassword("anna", password, Optional.empty(), "test"))
                .getMessage();
        assertTrue(message.contains(why), message);
    }

    @Test
    void hashesAnewWhenTheCostHasChanged() {
        User before = subject.known(new Credentials.Password("anna", Subject.PASSWORD));
        subject.close();
        try (Subject dearer = new Subject(folder.resolve("security"), subject.clock, 5)) {
            dearer.known(new Credentials.Password("anna", Subject.PASSWORD));
            assertTrue(
                    dearer.realm.directory().user("anna").orElseThrow().hash().startsWith("$2b$05$"));
            assertTrue(dearer.check.stands(before), "it is the same password");
        }
    }

    @Test
    void writesDownOnlyNamesThatExist() {
        subject.password("my secret password", "anna");
        subject.password("berta", "wrong password");
        assertEquals(
                2,
                subject.audit.lines.stream()
                        .filter("unknown password refused"::equals)
                        .count());
    }

    private static Authentication later(int seconds) {
        return new Authentication.Later(Duration.ofSeconds(seconds));
    }
}
