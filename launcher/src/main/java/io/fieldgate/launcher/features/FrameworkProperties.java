package io.fieldgate.launcher.features;

import io.fieldgate.api.gateway.Gateway;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** The framework properties of the distribution: what the features ask for, the class path's packages, the version. */
final class FrameworkProperties {

    private FrameworkProperties() {}

    /**
     * The lines of {@code lib/framework.properties}, sorted.
     *
     * @param json one JSON object of strings for each feature that asks for properties
     * @param exports packages of the class path, which the framework exports to the bundles
     */
    static List<String> lines(List<String> json, Map<String, SortedSet<Version>> exports, String version) {
        Map<String, String> properties = new TreeMap<>();
        for (String text : json) {
            properties.putAll(read(text));
        }
        properties.put(Gateway.VERSION, version);
        properties.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                exports.entrySet().stream()
                        .flatMap(entry -> entry.getValue().stream().map(one -> entry.getKey() + ";version=" + one))
                        .collect(Collectors.joining(",")));
        return properties.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\"))
                .toList();
    }

    private static Map<String, String> read(String text) {
        Map<String, String> properties = new TreeMap<>();
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonObject object = reader.readObject();
            object.forEach((name, value) ->
                    properties.put(name, value instanceof JsonString string ? string.getString() : value.toString()));
        }
        return properties;
    }
}
