package io.fieldgate.transport.files;

import java.util.Locale;
import java.util.Map;

/**
 * An answer as it came.
 *
 * @param status HTTP status
 * @param headers by their names in lower case
 * @param text the body, all of it
 */
record Reply(int status, Map<String, String> headers, String text) {

    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
}
