package io.fieldgate.benchmark.peer;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** How a peer tells who started it that its port is open: one line on its standard output. */
final class ReadyLine {

    private ReadyLine() {}

    /**
     * Prints the line, in the form of the gateway's own.
     *
     * @param name which server it is, one word
     * @param version its version, one word
     * @param port the port on the loopback address
     */
    static void print(String name, String version, int port) {
        // The stream is the process's; to close it is not for this class.
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        out.println(name + ' ' + version + " is ready: open http://127.0.0.1:" + port + '/');
    }
}
