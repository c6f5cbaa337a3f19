package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.data.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetatypeTest {

    private static final String FILE = "/OSGI-INF/metatype/" + HttpTransport.Config.class.getName() + ".xml";

    /** With them a file is refused before the transport sees it. */
    @Test
    void declaresEachRoleAndThatThereMayBeNone() throws IOException {
        try (InputStream in = MetatypeTest.class.getResourceAsStream(FILE)) {
            String metatype = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<String> options = Pattern.compile("<Option[^>]*value=\"(\\w+)\"")
                    .matcher(metatype.substring(metatype.indexOf("id=\"loopback.role\"")))
                    .results()
                    .map(option -> option.group(1))
                    .toList();
            assertEquals(
                    Stream.concat(Stream.of(Role.values()).map(Role::id), Stream.of("none"))
                            .toList(),
                    options);
        }
    }
}
