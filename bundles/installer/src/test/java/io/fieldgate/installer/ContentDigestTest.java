package io.fieldgate.installer;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDigestTest {

    /** The example of RFC 9530, B.1. */
    private static final String BODY = "{\"hello\": \"world\"}\n";

    private static final String SHA_256 = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";
    private static final String SHA_512 =
            "sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCs" + "yRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:";
    private static final String OF_NOTHING = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";

    private static void check(String... lines) throws HttpProblem {
        ContentDigest digest = ContentDigest.of(Collections.enumeration(List.of(lines)));
        byte[] body = BODY.getBytes(StandardCharsets.US_ASCII);
        digest.update(body, 0, 5);
        digest.update(body, 5, body.length - 5);
        digest.check();
    }

    @Test
    void takesTheExamplesOfTheStandardAndOthersWithThem() {
        assertDoesNotThrow(() -> check());
        assertDoesNotThrow(() -> check(""));
        assertDoesNotThrow(() -> check(SHA_256));
        assertDoesNotThrow(() -> check(SHA_512));
        assertDoesNotThrow(() -> check(SHA_256 + " ,\t" + SHA_512));
        assertDoesNotThrow(() -> check(SHA_256, SHA_512));
        assertDoesNotThrow(() -> check("md5=:AAAA:, x*=::"));
        assertDoesNotThrow(() -> check(OF_NOTHING + ", " + SHA_256), "the last of a name counts");
    }

    @Test
    void refusesABodyOfAnotherDigest() {
        assertThrows(HttpProblem.class, () -> check(OF_NOTHING));
        assertThrows(HttpProblem.class, () -> check(SHA_512, OF_NOTHING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256",
                "sha-256=",
                "sha-256=::",
                "sha-256=:AAAA:",
                "sha-256=\"RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=\"",
                "sha-256=RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=",
                "SHA-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:",
                "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabD=g:",
                "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8Fabg==:",
                "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:;a=1",
                "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:,",
                "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:, , md5=:AAAA:",
                "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=: md5=:AAAA:",
                "=:AAAA:",
                "sha-256=:****:"
            })
    void refusesWhatIsNotOfTheForm(String field) {
        assertThrows(HttpProblem.class, () -> check(field));
    }
}
