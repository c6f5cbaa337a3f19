package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.security.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresentedTest {

    /** Headers are separated by a bar; what is not taken is expected in the same form. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "Accept: */*                                                   # Accept: */*          # none",
                "Cookie: a=b                                                   # Cookie: a=b          # none",
                "Cookie: fieldgate=x                                           # ''                   # login x",
                "cookie: a=b;fieldgate=x ;c=\"d\"                              # Cookie: a=b; c=\"d\" # login x",
                "Cookie: a=b | Cookie: fieldgate=x                             # Cookie: a=b          # login x",
                "Cookie: __Host-fieldgate=x                                    # ''                   # none",
                "Cookie: myfieldgate=x; fieldgates=y; a=fieldgate=z            # Cookie: myfieldgate=x; fieldgates=y; a=fieldgate=z # none",
                "Sec-WebSocket-Protocol: fieldgate.live.v1                     # Sec-WebSocket-Protocol: fieldgate.live.v1 # none",
                "Sec-WebSocket-Protocol: a,fieldgate.token.x , b               # Sec-WebSocket-Protocol: a, b # token x",
                "Sec-WebSocket-Protocol: fieldgate.token.x                     # ''                   # token x",
                "Authorization: Bearer x                                       # ''                   # token x",
                "Authorization: Bearer x | Cookie: fieldgate=y                 # ''                   # token x",
                "Sec-WebSocket-Protocol: fieldgate.token.x | Cookie: fieldgate=y # ''                 # token x",
                "Authorization: Negotiate x                                    # ''                   # bad",
                "Authorization: Basic                                          # ''                   # bad",
                "Authorization: Bearer x | authorization: Bearer y             # ''                   # bad",
                "Forwarded: for=x | X-Forwarded-For: x | x-forwarded-ssl: on | X-Real-Ip: x | Via: x # Via: x # none"
            })
    void takesOutWhatNobodyElseIsToSee(String headers, String kept, String credentials) {
        Presented presented = new Presented(fields(headers), false);
        assertEquals(fields(kept).asString(), presented.headers().asString());
        assertEquals(credentials, text(presented));
    }

    @Test
    void readsABasicPassword() {
        assertEquals("password ä:b:ö", text(new Presented(fields("Authorization: Basic " + base64("ä:b:ö")), false)));
        assertEquals("password anna:", text(new Presented(fields("Authorization: basic " + base64("anna:")), false)));
        assertEquals("bad", text(new Presented(fields("Authorization: Basic " + base64("anna")), false)));
        assertEquals("bad", text(new Presented(fields("Authorization: Basic /w=="), false)));
    }

    @Test
    void takesTheCookieOfTls() {
        assertEquals("login x", text(new Presented(fields("Cookie: fieldgate=y; __Host-fieldgate=x"), true)));
        assertEquals("none", text(new Presented(fields("Cookie: fieldgate=y"), true)));
    }

    @ParameterizedTest
    @CsvSource({
        "fieldgate-ticket=x,          '',         ticket x",
        "a=b&fieldgate-ticket=x&c,    a=b&c,      ticket x",
        "%66ieldgate-ticket=%78,      '',         ticket x",
        "fieldgate-ticket=x&fieldgate-ticket=y, '', ticket x",
        "a=fieldgate-ticket%3Dx,      a=fieldgate-ticket%3Dx, none",
        "a=%zz,                       a=%zz,      none",
        "&&,                          &&,         none",
        "fieldgate-ticket,            '',         ticket "
    })
    void takesTicketsOutOfTheQuery(String query, String rest, String credentials) {
        Presented presented = new Presented(HttpFields.EMPTY, false);
        assertEquals(rest, Optional.ofNullable(presented.withoutTicket(query)).orElse(""));
        assertEquals(credentials.strip(), text(presented).strip());
    }

    @Test
    void knowsWhenThereIsNothingToTakeOut() {
        assertFalse(
                Presented.isIn(fields("Accept: */* | Cookie: a=b | Sec-WebSocket-Protocol: a | X-Other: b"), "a=b"));
        assertTrue(Presented.isIn(fields("X-Forwarded-Any: b"), ""));
        assertTrue(Presented.isIn(HttpFields.EMPTY, "fieldgate-ticket=x"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpFields fields(String lines) {
        HttpFields.Mutable fields = HttpFields.build();
        Arrays.stream(lines.split("\\|", -1))
                .map(line -> line.strip().split(":", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> fields.add(parts[0], parts[1].strip()));
        return fields;
    }

    private static String text(Presented presented) {
        if (presented.isUnreadable()) {
            return "bad";
        }
        Optional<Credentials> credentials = presented.credentials();
        if (credentials.isEmpty()) {
            return "none";
        }
        if (credentials.get() instanceof Credentials.Password password) {
            return "password " + password.name() + ':' + password.password();
        }
        if (credentials.get() instanceof Credentials.Token token) {
            return "token " + token.secret();
        }
        if (credentials.get() instanceof Credentials.Ticket ticket) {
            return "ticket " + ticket.secret();
        }
        return credentials.get() instanceof Credentials.Login login ? "login " + login.secret() : "other";
    }
}
