package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class GatewayLogTest {

    @TempDir
    private Path folder;

    @Test
    void leavesOutThePortThatIsNotThePort() throws IOException {
        GatewayLog log = GatewayLog.open(folder, GatewayLog.Console.NONE);
        Logger felix = LoggerFactory.getLogger("org.apache.felix.http");
        felix.info("Started Jetty {} at port(s) HTTP:{}", "12.0.32", 44415);
        felix.info("Stopped Jetty");
        log.close();

        String lines = Files.readString(folder.resolve("fieldgate.0.log"));
        assertFalse(lines.contains("44415"), lines);
        assertTrue(lines.contains("Stopped Jetty"), lines);
    }

    @Test
    void leavesOutThatARequestWasNotHttp() throws IOException {
        GatewayLog log = GatewayLog.open(folder, GatewayLog.Console.NONE);
        LoggerFactory.getLogger("org.eclipse.jetty.util.HostPort").warn("Bad port [{}]", "quoted");
        LoggerFactory.getLogger("org.eclipse.jetty.server.Server").warn("something else");
        log.close();

        String lines = Files.readString(folder.resolve("fieldgate.0.log"));
        assertFalse(lines.contains("quoted"), lines);
        assertTrue(lines.contains("something else"), lines);
    }
}
