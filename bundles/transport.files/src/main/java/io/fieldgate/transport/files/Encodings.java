package io.fieldgate.transport.files;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which compressed file lies beside a file, and which of them a client would rather have (RFC 9110, 12.5.3). */
enum Encodings {
    /** Brotli; the smaller one, so the first where a client does not mind. */
    BR("br", ".br"),
    /** Gzip. */
    GZIP("gzip", ".gz");

    /** All of them. */
    static final List<Encodings> ALL = List.of(values());

    private static final String IDENTITY = "identity";
    private static final Pattern QUALITY = Pattern.compile("[ \\t]*[qQ]=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)[ \\t]*");

    private final String token;
    private final String suffix;

    Encodings(String token, String suffix) {
        this.token = token;
        this.suffix = suffix;
    }

    /** What {@code Content-Encoding} says. */
    String token() {
        return token;
    }

    /** What the name of the compressed file ends with. */
    String suffix() {
        return suffix;
    }

    /**
     * Reads the header {@code Accept-Encoding}.
     *
     * @param header its value
     * @return those that the client would rather have than the plain file, the best first
     */
    static List<Encodings> preferred(Optional<String> header) {
        if (header.isEmpty()) {
            return List.of();
        }
        Map<String, Double> weights = weights(header.get());
        double plain = weights.getOrDefault(IDENTITY, 0.0);
        List<Encodings> preferred = new ArrayList<>();
        for (Encodings encoding : values()) {
            if (encoding.weight(weights) > 0 && encoding.weight(weights) >= plain) {
                preferred.add(encoding);
            }
        }
        preferred.sort(Comparator.comparingDouble((Encodings encoding) -> encoding.weight(weights))
                .reversed());
        return preferred;
    }

    private double weight(Map<String, Double> weights) {
        return weights.getOrDefault(token, weights.getOrDefault("*", 0.0));
    }

    private static Map<String, Double> weights(String header) {
        Map<String, Double> weights = new HashMap<>();
        for (String element : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = element.split(";", 2);
            String name = parts[0].strip();
            weights.putIfAbsent(name.equals("x-gzip") ? GZIP.token : name, quality(parts));
        }
        return weights;
    }

    /** A weight that is none lets its coding be left out, which is always allowed. */
    private static double quality(String[] parts) {
        if (parts.length == 1) {
            return 1;
        }
        var quality = QUALITY.matcher(parts[1]);
        return quality.matches() ? Double.parseDouble(quality.group(1)) : 0;
    }
}
