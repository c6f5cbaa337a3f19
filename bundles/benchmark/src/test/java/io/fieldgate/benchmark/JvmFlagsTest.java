package io.fieldgate.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class JvmFlagsTest {

    @Test
    void takesWhatStandsBeforeTheClassPathButTheGatewaysOwn() {
        List<String> command = List.of(
                "/usr/bin/java",
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "-Dfile.encoding=UTF-8",
                "-Dfieldgate.distribution=/opt/fieldgate",
                "-cp",
                "a.jar:b.jar",
                "-XX:SharedArchiveFile=x.jsa",
                "io.fieldgate.launcher.Main",
                "run");

        assertEquals(List.of("-XX:+UseSerialGC", "-Xmx96m", "-Dfile.encoding=UTF-8"), JvmFlags.of(command));
    }

    @Test
    void refusesACommandLineOfAnotherForm() {
        assertThrows(IllegalArgumentException.class, () -> JvmFlags.of(List.of("java", "-jar", "a.jar")));
    }
}
