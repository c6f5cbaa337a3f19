package io.fieldgate.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginFormTest {

    private static Optional<LoginForm> read(String type, String body) {
        return LoginForm.read(type, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsAForm() {
        LoginForm form = read(Endpoint.FORM, "name=anna&password=a%26b+c%C3%A4&next=%2Fapp%2F%3Fx%3D1")
                .orElseThrow();
        assertEquals(new LoginForm("anna", "a&b cä", "/app/?x=1"), form);
    }

    @Test
    void readsJson() {
        LoginForm form = read(Endpoint.JSON, "{\"name\":\"anna\",\"password\":\"a&b\",\"more\":[1,{}]}")
                .orElseThrow();
        assertEquals(new LoginForm("anna", "a&b", "/"), form);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "name=anna", "name=anna&password=%zz", "name=a&name=b&password=c", "=&&="})
    void refusesABadForm(String body) {
        assertTrue(read(Endpoint.FORM, body).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"name\":\"a\"",
                "{\"name\":1,\"password\":\"b\"}",
                "nothing",
                "{\"a\":[[[[[[]]]]]]}"
            })
    void refusesBadJson(String body) {
        assertTrue(read(Endpoint.JSON, body).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https://evil.example/",
                "https:evil.example",
                "javascript:alert(1)",
                "/\t/evil.example",
                "/\n/evil.example",
                "/x\r\nSet-Cookie: a=b",
                " /x",
                "/ /x",
                "/.//evil.example",
                "/x?next=//evil.example",
                "/\u0000x",
                "/ä",
                "/\u2028x"
            })
    void leadsNowhereElse(String next) {
        assertEquals("/", LoginForm.path(next));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/app/", "/app?x=1&y=%20#part", "/@evil.example", "/%2F/x"})
    void leadsToAPathOfTheGateway(String next) {
        assertEquals(next, LoginForm.path(next));
        assertEquals("/", LoginForm.path(next + "x".repeat(1024)));
    }
}
