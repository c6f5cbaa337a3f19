package io.fieldgate.transport.http;

import io.fieldgate.api.security.Authenticator;
import io.fieldgate.api.security.Credentials;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The credentials that a client presents, and its request without them. The first count: the header {@code Authorization}, a token
 * among the subprotocols, a ticket, the cookie of a login.
 *
 * <p>For one request; not for use by several threads at once.
 */
final class Presented {

    private static final String X_FORWARDED = "X-Forwarded-";
    private static final String X_REAL_IP = "X-Real-IP";

    private final HttpFields.Mutable kept;
    private final String login;
    private final List<String> authorizations = new ArrayList<>(1);
    private final List<String> tokens = new ArrayList<>(1);
    private final List<String> tickets = new ArrayList<>(1);
    private final List<String> logins = new ArrayList<>(1);

    /**
     * Takes the credentials out of the headers.
     *
     * @param secure whether the client uses TLS, which has a cookie of its own
     */
    Presented(HttpFields headers, boolean secure) {
        login = secure ? Authenticator.SECURE_COOKIE : Authenticator.PLAIN_COOKIE;
        kept = HttpFields.build();
        for (HttpField field : headers) {
            take(field);
        }
    }

    /** Tells whether there may be something to take out; seldom wrong, and asked for every request. */
    static boolean isIn(HttpFields headers, String query) {
        for (HttpField field : headers) {
            if (isAffected(field)) {
                return true;
            }
        }
        return query != null && (query.contains(Authenticator.TICKET_PARAMETER) || query.indexOf('%') >= 0);
    }

    private static boolean isAffected(HttpField field) {
        HttpHeader header = field.getHeader();
        if (header == null) {
            String name = field.getName();
            return name.regionMatches(true, 0, X_FORWARDED, 0, X_FORWARDED.length())
                    || name.equalsIgnoreCase(X_REAL_IP);
        }
        return switch (header) {
            case AUTHORIZATION,
                    PROXY_AUTHORIZATION,
                    FORWARDED,
                    X_FORWARDED_FOR,
                    X_FORWARDED_HOST,
                    X_FORWARDED_PORT,
                    X_FORWARDED_PROTO,
                    X_FORWARDED_SERVER -> true;
            case COOKIE -> contains(field, Authenticator.PLAIN_COOKIE); // which the other one's name contains
            case SEC_WEBSOCKET_SUBPROTOCOL -> contains(field, Authenticator.TOKEN_SUBPROTOCOL);
            default -> false;
        };
    }

    private static boolean contains(HttpField field, String text) {
        return field.getValue() != null && field.getValue().contains(text);
    }

    private void take(HttpField field) {
        if (!isAffected(field)) {
            kept.add(field);
        } else if (field.getHeader() == HttpHeader.AUTHORIZATION) {
            authorizations.add(field.getValue() == null ? "" : field.getValue());
        } else if (field.getHeader() == HttpHeader.COOKIE) {
            keep(field, ";", "; ", this::takeCookie);
        } else if (field.getHeader() == HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL) {
            keep(field, ",", ", ", this::takeSubprotocol);
        }
    }

    private interface Taking {

        /** Takes a member if it is one of ours. */
        boolean takes(String member);
    }

    private void keep(HttpField field, String separator, String joint, Taking ours) {
        List<String> others = new ArrayList<>();
        for (String member : field.getValue().split(separator, -1)) {
            if (!ours.takes(member.strip())) {
                others.add(member.strip());
            }
        }
        if (!others.isEmpty()) {
            kept.add(field.getHeader(), String.join(joint, others));
        }
    }

    private boolean takeCookie(String cookie) {
        int equals = cookie.indexOf('=');
        String name = cookie.substring(0, Math.max(equals, 0)).strip();
        if (!name.equals(Authenticator.PLAIN_COOKIE) && !name.equals(Authenticator.SECURE_COOKIE)) {
            return false;
        }
        if (name.equals(login)) {
            logins.add(cookie.substring(equals + 1).strip());
        }
        return true;
    }

    private boolean takeSubprotocol(String name) {
        if (!name.startsWith(Authenticator.TOKEN_SUBPROTOCOL)) {
            return false;
        }
        tokens.add(name.substring(Authenticator.TOKEN_SUBPROTOCOL.length()));
        return true;
    }

    /** Takes tickets out of a query; null for one that is empty then. */
    String withoutTicket(String query) {
        if (query == null) {
            return null;
        }
        List<String> others = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (decoded(name).equals(Authenticator.TICKET_PARAMETER)) {
                tickets.add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            } else {
                others.add(pair);
            }
        }
        if (tickets.isEmpty()) {
            return query;
        }
        return others.isEmpty() ? null : String.join("&", others);
    }

    private static String decoded(String text) {
        try {
            return text.indexOf('%') < 0 ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** The headers without what was taken, and without what a proxy has forwarded. */
    HttpFields.Mutable headers() {
        return kept;
    }

    /** The credentials that count, if there are any that can be read. */
    Optional<Credentials> credentials() {
        if (!authorizations.isEmpty()) {
            return authorizations.size() > 1 ? Optional.empty() : authorization(authorizations.get(0));
        }
        if (!tokens.isEmpty()) {
            return Optional.of(new Credentials.Token(tokens.get(0)));
        }
        if (!tickets.isEmpty()) {
            return Optional.of(new Credentials.Ticket(tickets.get(0)));
        }
        return logins.isEmpty() ? Optional.empty() : Optional.of(new Credentials.Login(logins.get(0)));
    }

    /** Tells whether there are credentials that nobody can read. */
    boolean isUnreadable() {
        return !authorizations.isEmpty() && credentials().isEmpty();
    }

    private static Optional<Credentials> authorization(String value) {
        String[] parts = value.strip().split(" +", 2);
        String rest = parts.length < 2 ? "" : parts[1].strip();
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "basic" -> basic(rest);
            case "bearer" -> Optional.of(new Credentials.Token(rest));
            default -> Optional.empty();
        };
    }

    /** Name and password with a colon between (RFC 7617, 2). */
    private static Optional<Credentials> basic(String base64) {
        try {
            String pair = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(base64)))
                    .toString();
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Credentials.Password(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
