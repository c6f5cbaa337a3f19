package io.fieldgate.transport.websocket;

import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Answers a client's offer of permessage-deflate (RFC 7692, 5 and 7.1).
 *
 * <p>The answer always renounces context takeover, see {@link Compression}, whether the client has spoken of it or not. A
 * window that the client asks us to keep to is kept to. A smaller window of its own is not asked for: we read any.
 */
final class DeflateOffer {

    private static final String NAME = "permessage-deflate";
    private static final String SERVER_WINDOW = "server_max_window_bits";
    private static final String CLIENT_WINDOW = "client_max_window_bits";
    private static final Set<String> FLAGS = Set.of("server_no_context_takeover", "client_no_context_takeover");
    private static final String AGREED = NAME + "; server_no_context_takeover; client_no_context_takeover";

    /** RFC 7692, 7.1.2: without leading zeros. */
    private static final Pattern WINDOW_BITS = Pattern.compile("[89]|1[0-5]");

    private static final Pattern QUOTED_PAIR = Pattern.compile("\\\\(.)");

    private DeflateOffer() {}

    /**
     * Takes the first offer that can be met; one that is not written as the standard says cannot.
     *
     * @param headers the values of {@code Sec-WebSocket-Extensions}
     */
    static DeflateTerms accept(Enumeration<String> headers) {
        while (headers.hasMoreElements()) {
            for (String offer : headers.nextElement().split(",", -1)) {
                Optional<DeflateTerms> terms = parameters(offer).map(DeflateOffer::terms);
                if (terms.isPresent()) {
                    return terms.get();
                }
            }
        }
        return DeflateTerms.NONE;
    }

    private static DeflateTerms terms(Map<String, String> parameters) {
        String window = parameters.get(SERVER_WINDOW);
        return window == null
                ? new DeflateTerms(DeflateTerms.LARGEST_WINDOW_BITS, AGREED)
                : new DeflateTerms(Integer.parseInt(window), AGREED + "; " + SERVER_WINDOW + "=" + window);
    }

    /** The parameters of an offer, with an empty value where there is none; empty if it is to be declined. */
    private static Optional<Map<String, String>> parameters(String offer) {
        String[] parts = offer.split(";", -1);
        if (!parts[0].strip().equalsIgnoreCase(NAME)) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            String name = pair[0].strip().toLowerCase(Locale.ROOT);
            boolean valued = pair.length == 2;
            String value = valued ? unquoted(pair[1].strip()) : "";
            if (!isAllowed(name, valued, value) || parameters.put(name, value) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static boolean isAllowed(String name, boolean valued, String value) {
        boolean window = WINDOW_BITS.matcher(value).matches();
        return switch (name) {
            case SERVER_WINDOW -> window;
            case CLIENT_WINDOW -> window || !valued;
            default -> FLAGS.contains(name) && !valued;
        };
    }

    /** RFC 6455, 9.1: a value may be quoted, and means the same. */
    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted
                ? QUOTED_PAIR.matcher(value.substring(1, value.length() - 1)).replaceAll("$1")
                : value;
    }
}
