package io.fieldgate.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.osgi.framework.Constants;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;

/** What a bundle declares of one PID: the keys, their types and what is allowed. */
final class Schema {

    private final Map<String, Attribute> attributes = new TreeMap<>();

    /**
     * Makes a schema.
     *
     * @param bounds gives the bounds of a key as text, when they are needed
     */
    Schema(ObjectClassDefinition definition, UnaryOperator<String> bounds) {
        AttributeDefinition[] definitions = definition.getAttributeDefinitions(ObjectClassDefinition.ALL);
        for (AttributeDefinition one : definitions == null ? new AttributeDefinition[0] : definitions) {
            attributes.put(one.getID(), new Attribute(one, bounds));
        }
    }

    /**
     * Converts the lines of a file.
     *
     * @return the values in their declared types
     * @throws BadValues if a key is unknown or missing, or a value is not allowed; it names each of them
     */
    Map<String, Object> check(Map<String, String> lines) throws BadValues {
        Map<String, Object> values = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, String> line : new TreeMap<>(lines).entrySet()) {
            try {
                values.put(line.getKey(), convert(line.getKey(), line.getValue()));
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
        for (Attribute attribute : attributes.values()) {
            if (!lines.containsKey(attribute.key()) && attribute.isMissing()) {
                problems.add(attribute.key() + " is missing: it must be " + attribute.allowed());
            }
        }
        if (!problems.isEmpty()) {
            throw new BadValues(problems);
        }
        return values;
    }

    /**
     * Tells whether two contents of a file differ in one of these keys; a default counts as if it were written down.
     *
     * @param keys those that matter
     */
    boolean differs(Set<String> keys, Map<String, String> before, Map<String, String> now) {
        return keys.stream().anyMatch(key -> !Objects.deepEquals(value(key, before), value(key, now)));
    }

    private Object value(String key, Map<String, String> lines) {
        Attribute attribute = attributes.get(key);
        String text = lines.getOrDefault(key, attribute == null ? "" : attribute.absent());
        try {
            return convert(key, text);
        } catch (IllegalArgumentException e) {
            // Unknown, or of an earlier version of the bundle: then the text is all there is.
            return text;
        }
    }

    private Object convert(String key, String text) {
        Attribute attribute = attributes.get(key);
        if (attribute != null) {
            return attribute.convert(text);
        }
        if (key.equals(Constants.SERVICE_RANKING)) {
            return ranking(text);
        }
        throw new IllegalArgumentException(
                "unknown key " + key + ": known are " + String.join(", ", attributes.keySet()));
    }

    private static Integer ranking(String text) {
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    Constants.SERVICE_RANKING + "=" + text + " is not allowed: it must be a whole number", e);
        }
    }
}
