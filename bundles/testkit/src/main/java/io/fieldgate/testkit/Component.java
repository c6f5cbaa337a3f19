package io.fieldgate.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What Declarative Services reads of a component in its bundle (OSGi Compendium 8.1, 112.4).
 *
 * <p>A description is flat: elements with attributes, some with a text. It is read without a parser of XML, whose packages
 * a bundle would have to import.
 *
 * @param implementation the name of the class
 * @param services names of the interfaces that it is published with
 * @param properties its service properties
 */
record Component(String implementation, Set<String> services, Map<String, Object> properties) {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern ELEMENT =
            Pattern.compile("<(?:\\w+:)?(\\w+)((?:\\s+[\\w:.-]+\\s*=\\s*(?:\"[^\"]*\"|'[^']*'))*)\\s*/?>([^<]*)");
    private static final Pattern ATTRIBUTE = Pattern.compile("([\\w:.-]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");

    Component {
        services = Set.copyOf(services);
        properties = Map.copyOf(properties);
    }

    /** Looks for the description of a component on the class path; empty if there is none. */
    static Optional<Component> of(Class<?> implementation) {
        try {
            for (URL url : Collections.list(implementation.getClassLoader().getResources(MANIFEST))) {
                for (String path : described(url)) {
                    Component component = parse(beside(url, path));
                    if (component.implementation().equals(implementation.getName())) {
                        return Optional.of(component);
                    }
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError("the description of " + implementation.getName() + " cannot be read", e);
        }
    }

    private static List<String> described(URL manifest) throws IOException {
        try (InputStream in = manifest.openStream()) {
            String header = new Manifest(in).getMainAttributes().getValue("Service-Component");
            return header == null ? List.of() : Arrays.asList(header.split("\\s*,\\s*", -1));
        }
    }

    private static String beside(URL manifest, String path) throws IOException {
        String root = manifest.toString().substring(0, manifest.toString().length() - MANIFEST.length());
        try (InputStream in = new URL(root + path).openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Component parse(String description) {
        String implementation = "";
        Set<String> services = new LinkedHashSet<>();
        Map<String, Object> properties = new HashMap<>();
        for (MatchResult element : ELEMENT.matcher(COMMENT.matcher(description).replaceAll(""))
                .results()
                .toList()) {
            Map<String, String> attributes = attributes(element.group(2));
            switch (element.group(1)) {
                case "implementation" -> implementation = attributes.getOrDefault("class", "");
                case "provide" -> services.add(attributes.getOrDefault("interface", ""));
                case "property" ->
                    properties.put(attributes.getOrDefault("name", ""), value(attributes, plain(element.group(3))));
                default -> {}
            }
        }
        return new Component(implementation, services, properties);
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        ATTRIBUTE
                .matcher(text)
                .results()
                .forEach(found -> attributes.put(
                        found.group(1), plain(found.group(2) == null ? found.group(3) : found.group(2))));
        return attributes;
    }

    private static String plain(String escaped) {
        return escaped.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    /** A property with the attribute has one value; one with a text has an array, one element in each line. */
    private static Object value(Map<String, String> attributes, String text) {
        String type = attributes.getOrDefault("type", "String");
        String single = attributes.get("value");
        if (single == null) {
            List<String> lines = text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            return type.equals("String") ? lines.toArray(new String[0]) : lines;
        }
        return switch (type) {
            case "Integer" -> Integer.valueOf(single);
            case "Long" -> Long.valueOf(single);
            case "Double" -> Double.valueOf(single);
            case "Boolean" -> Boolean.valueOf(single);
            default -> single;
        };
    }
}
