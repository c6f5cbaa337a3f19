package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fieldgate.api.data.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    private final Access access = new Access(
            List.of("GET /api/points/open viewer", "/api/points/* operator", " PUT  /*  admin ", "/panel operator"));

    @ParameterizedTest
    @CsvSource({
        "GET,    /api/points/open,   viewer",
        "HEAD,   /api/points/open,   viewer",
        "PUT,    /api/points/open,   operator",
        "GET,    /api/points/a/b,    operator",
        "GET,    /api/points,        operator",
        "GET,    /api/points/,       operator",
        "GET,    /api//points/a,     operator",
        "GET,    //api/points///a,   operator",
        "GET,    /api/pointsman,     ''",
        "PUT,    /,                  admin",
        "PUT,    /any,               admin",
        "GET,    /any,               ''",
        "GET,    /panel,             operator",
        "GET,    /panel/x,           ''",
        "GET,    /Panel,             ''"
    })
    void takesTheFirstRuleThatMatches(String method, String path, String role) {
        assertEquals(role, access.needed(method, path).map(Role::id).orElse(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/x",
                "/x root",
                "x viewer",
                "get /x viewer",
                "GET x viewer",
                "/x* viewer",
                "/x? viewer",
                "a /b c d"
            })
    void namesTheKeyAndTheValueThatIsWrong(String rule) {
        IllegalArgumentException wrong = assertThrows(IllegalArgumentException.class, () -> new Access(List.of(rule)));
        assertEquals(
                "access must be like \"/tools/* operator\" or \"PUT /api/points/* admin\", is \"" + rule + '"',
                wrong.getMessage());
    }

    @Test
    void needsNothingByDefault() {
        assertEquals(true, new Access(List.of()).needed("GET", "/").isEmpty());
    }
}
