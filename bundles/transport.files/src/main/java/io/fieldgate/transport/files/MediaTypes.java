package io.fieldgate.transport.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** The content types of files, by what their names end with. */
final class MediaTypes {

    private static final String UNKNOWN = "application/octet-stream";
    private static final Map<String, String> SHIPPED = read();
    private static final Pattern FORM =
            Pattern.compile("[a-z0-9]+=[\\w.+-]+/[\\w.+-]+(;\\s*[\\w-]+=[\\w-]+)?", Pattern.CASE_INSENSITIVE);

    private final Map<String, String> types;

    /**
     * Checks the configuration.
     *
     * @param more each {@code EXTENSION=TYPE}; they win over those that are shipped
     */
    MediaTypes(List<String> more) {
        Map<String, String> all = new HashMap<>(SHIPPED);
        for (String line : more) {
            if (!FORM.matcher(line.strip()).matches()) {
                throw new IllegalArgumentException("types must be like glb=model/gltf-binary, is \"" + line + '"');
            }
            int at = line.indexOf('=');
            all.put(
                    line.substring(0, at).strip().toLowerCase(Locale.ROOT),
                    withCharset(line.substring(at + 1).strip()));
        }
        types = Map.copyOf(all);
    }

    /** The type of a file, with the charset where it is text. */
    String of(String fileName) {
        int dot = fileName.lastIndexOf('.');
        if (dot < 0) {
            return UNKNOWN;
        }
        String extension = fileName.substring(dot + 1);
        String type = types.get(extension);
        return type != null ? type : types.getOrDefault(extension.toLowerCase(Locale.ROOT), UNKNOWN);
    }

    private static String withCharset(String type) {
        return type.startsWith("text/") && type.indexOf(';') < 0 ? type + ";charset=utf-8" : type;
    }

    private static Map<String, String> read() {
        Properties lines = new Properties();
        try (InputStream in = MediaTypes.class.getResourceAsStream("types.properties")) {
            lines.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> types = new HashMap<>();
        lines.stringPropertyNames().forEach(name -> types.put(name, withCharset(lines.getProperty(name))));
        return types;
    }
}
