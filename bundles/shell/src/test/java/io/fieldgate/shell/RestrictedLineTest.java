package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestrictedLineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "status; fg:status",
                "  fg:points   -l sim/**  ; fg:points '-l' 'sim/**'",
                "write a/b/c -1.5; fg:write 'a/b/c' '-1.5'",
                "fg:write a/b/c 'two words'; fg:write 'a/b/c' 'two words'",
                "fg:write a/b/c \"two  words\"; fg:write 'a/b/c' 'two  words'",
                "fg:write a/b/c ''; fg:write 'a/b/c' ''",
                "fg:close --reason 'a | (b' s1; fg:close '--reason' 'a | (b' 's1'",
                "help; help",
                "help write; fg:write '--help'",
                "exit; exit"
            })
    void putsALineTogetherOutOfItsWords(String line, String statement) throws Exception {
        assertEquals(statement, RestrictedLine.of(Role.OPERATOR, line).statement());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fg:status; felix:stop 1",
                "fg:status\nfelix:stop 1",
                "fg:status | felix:tac",
                "fg:status && felix:stop 1",
                "fg:status & ",
                "x = fg:status",
                "fg:write a/b/c $secret",
                "fg:write a/b/c \"$secret\"",
                "fg:write a/b/c ${.context}",
                "fg:write a/b/c (felix:stop 1)",
                "fg:write a/b/c {felix:stop 1}",
                "fg:write a/b/c [1 2]",
                "fg:write a/b/c `felix:lb`",
                "fg:write a/b/c \\$x",
                "fg:write a/b/c 'it'\"'\"'s'",
                "fg:write a/b/c \"it's\"",
                "fg:log > /etc/passwd",
                "fg:log <(felix:lb)",
                "fg:write a/b/c 'not closed",
                "fg:write a/b/c \u0000",
                "fg:write a/b/c 'a\nb'",
                "!1",
                "#x",
                "~"
            })
    void hasNothingOfTheLanguage(String line) {
        assertThrows(IllegalArgumentException.class, () -> RestrictedLine.of(Role.OPERATOR, line));
    }

    @ParameterizedTest
    @CsvSource({
        "VIEWER, fg:write a/b/c 1, fg:write, operator",
        "VIEWER, write, fg:write, operator",
        "VIEWER, help log, fg:log, operator",
        "VIEWER, fg:passwd, fg:passwd, admin",
        "OPERATOR, fg:passwd bert, fg:passwd, admin",
        "OPERATOR, felix:stop 1, felix:stop, admin",
        "OPERATOR, lb, lb, admin",
        "OPERATOR, sim:fault, sim:fault, admin",
        "OPERATOR, gogo:sh, gogo:sh, admin",
        "OPERATOR, 'fg:status:x', fg:status:x, admin",
        "OPERATOR, help felix:lb, felix:lb, admin"
    })
    void namesTheRoleThatIsNeeded(Role role, String line, String command, String needed) {
        RestrictedLine.Refused refused =
                assertThrows(RestrictedLine.Refused.class, () -> RestrictedLine.of(role, line));

        assertEquals(command, refused.command());
        assertTrue(refused.getMessage().startsWith(command + " needs the role " + needed), refused.getMessage());
    }

    @Test
    void isNothingIfNothingWasTyped() throws Exception {
        assertEquals("", RestrictedLine.of(Role.VIEWER, "  ").command());
    }

    @Test
    void letsAnAdministratorDoWhatIsListed() {
        assertEquals(CommandRoles.listed(), CommandRoles.of(Role.ADMIN));
        assertTrue(CommandRoles.of(Role.OPERATOR).containsAll(CommandRoles.of(Role.VIEWER)));
    }
}
