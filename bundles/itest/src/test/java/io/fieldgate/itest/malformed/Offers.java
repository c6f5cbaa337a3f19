package io.fieldgate.itest.malformed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Offers of permessage-deflate, right and wrong, and what may be answered to them (RFC 7692, 5 and 7.1). */
final class Offers {

    private static final String NAME = "permessage-deflate";

    private final Dice dice;

    Offers(Dice dice) {
        this.dice = dice;
    }

    /** The value of a header with up to three offers. */
    String value() {
        List<String> offers = new ArrayList<>();
        for (int left = dice.between(1, 3); left > 0; left--) {
            offers.add(offer());
        }
        return String.join(dice.oneOf(", ", ",", " , "), offers);
    }

    private String offer() {
        StringBuilder offer = new StringBuilder(dice.oneOf(
                NAME, NAME, NAME, NAME, NAME, "permessage-bzip2", "x-webkit-deflate-frame", "", "permessage deflate"));
        for (int left = dice.below(4); left > 0; left--) {
            offer.append(dice.oneOf("; ", ";", " ; ")).append(parameter());
        }
        return offer.toString();
    }

    private String parameter() {
        String name = dice.oneOf(
                "server_no_context_takeover",
                "client_no_context_takeover",
                "client_max_window_bits",
                "client_max_window_bits",
                "server_max_window_bits",
                "server_max_window_bits",
                "max_window_bits",
                "");
        String value = dice.oneOf(
                "",
                "",
                "=15",
                "=8",
                "=9",
                "=10",
                "=7",
                "=16",
                "=0",
                "=-1",
                "=015",
                "=15.0",
                "=\"10\"",
                "=\"15",
                "=",
                "=x",
                "==",
                "=99999999999",
                "=\u0661\u0662");
        return name + value.replaceAll("[^\\x00-\\xff]", "?");
    }

    /** Tells whether an answer agrees to one of the offers as the RFC has it, or to none. */
    static boolean isRightAnswer(String offers, List<String> answer) {
        if (answer.isEmpty()) {
            return true;
        }
        Optional<Map<String, String>> agreed = parameters(answer.get(0));
        return answer.size() == 1
                && agreed.isPresent()
                && Arrays.stream(offers.split(",", -1))
                        .map(Offers::parameters)
                        .flatMap(Optional::stream)
                        .anyMatch(offer -> isRightOffer(offer) && agrees(offer, agreed.get()));
    }

    private static boolean isRightOffer(Map<String, String> offer) {
        return offer.entrySet().stream().allMatch(entry -> switch (entry.getKey()) {
            case "server_no_context_takeover", "client_no_context_takeover" ->
                entry.getValue().isEmpty();
            case "client_max_window_bits" -> entry.getValue().isEmpty() || isWindow(entry.getValue());
            case "server_max_window_bits" -> isWindow(entry.getValue());
            default -> false;
        });
    }

    private static boolean agrees(Map<String, String> offer, Map<String, String> answer) {
        return answer.entrySet().stream().allMatch(entry -> switch (entry.getKey()) {
                    case "server_no_context_takeover", "client_no_context_takeover" ->
                        entry.getValue().isEmpty();
                    case "client_max_window_bits" ->
                        isWindow(entry.getValue())
                                && offer.containsKey("client_max_window_bits")
                                && bits(entry.getValue()) <= bits(offer.get("client_max_window_bits"));
                    case "server_max_window_bits" ->
                        isWindow(entry.getValue())
                                && bits(entry.getValue()) <= bits(offer.getOrDefault("server_max_window_bits", ""));
                    default -> false;
                })
                && (!offer.containsKey("server_no_context_takeover")
                        || answer.containsKey("server_no_context_takeover"))
                && (!offer.containsKey("server_max_window_bits") || answer.containsKey("server_max_window_bits"));
    }

    private static boolean isWindow(String value) {
        return value.matches("[89]|1[0-5]");
    }

    private static int bits(String value) {
        return value.isEmpty() ? 15 : Integer.parseInt(value);
    }

    /** The parameters of one offer of permessage-deflate; empty if it is of something else, or names one twice. */
    private static Optional<Map<String, String>> parameters(String offer) {
        String[] parts = offer.split(";", -1);
        Map<String, String> parameters = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            String value = pair.length == 1 ? "" : pair[1].strip().replaceFirst("^\"(.*)\"$", "$1");
            boolean empty = pair.length == 2 && value.isEmpty();
            if (empty || parameters.put(pair[0].strip(), value) != null) {
                return Optional.empty();
            }
        }
        return parts[0].strip().equals(NAME) ? Optional.of(parameters) : Optional.empty();
    }
}
