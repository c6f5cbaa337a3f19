package io.fieldgate.transport.websocket;

import java.util.Enumeration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Answers a client's offer of permessage-deflate (RFC 7692, 5 and 7.1). The answer always renounces context takeover, see
 * {@link Compression}. An offer that asks for a window smaller than 15 bits of what we send is declined, for
 * {@code java.util.zip} has no smaller one.
 */
final class DeflateOffer {

    private static final String NAME = "permessage-deflate";
    private static final Pattern WINDOW_BITS = Pattern.compile("[89]|1[0-5]");
    private static final String LARGEST_WINDOW = "15";

    private DeflateOffer() {}

    /**
     * Takes the first offer that can be met.
     *
     * @param headers the values of {@code Sec-WebSocket-Extensions}
     * @return the value to answer with, or empty if nothing is agreed
     */
    static Optional<String> accept(Enumeration<String> headers) {
        while (headers.hasMoreElements()) {
            for (String offer : headers.nextElement().split(",", -1)) {
                Optional<String> answer = answer(offer);
                if (answer.isPresent()) {
                    return answer;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> answer(String offer) {
        String[] parts = offer.split(";", -1);
        if (!parts[0].strip().equalsIgnoreCase(NAME)) {
            return Optional.empty();
        }
        StringBuilder answer = new StringBuilder(NAME + "; server_no_context_takeover; client_no_context_takeover");
        Set<String> seen = new HashSet<>();
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            String name = pair[0].strip().toLowerCase(Locale.ROOT);
            Optional<String> value = pair.length == 1 ? Optional.empty() : Optional.of(unquoted(pair[1].strip()));
            if (!seen.add(name) || !isMet(name, value)) {
                return Optional.empty();
            }
            if (name.equals("server_max_window_bits")) {
                answer.append("; server_max_window_bits=").append(LARGEST_WINDOW);
            }
        }
        return Optional.of(answer.toString());
    }

    private static boolean isMet(String name, Optional<String> value) {
        return switch (name) {
            case "server_no_context_takeover", "client_no_context_takeover" -> value.isEmpty();
            case "client_max_window_bits" ->
                value.isEmpty() || WINDOW_BITS.matcher(value.get()).matches();
            case "server_max_window_bits" -> value.isPresent() && value.get().equals(LARGEST_WINDOW);
            default -> false;
        };
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
