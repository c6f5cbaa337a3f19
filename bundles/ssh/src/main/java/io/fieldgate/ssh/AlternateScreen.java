package io.fieldgate.ssh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Whether a client's terminal shows its second screen (xterm's private modes). A command that is broken off cannot give it back.
 * For one thread at a time.
 */
final class AlternateScreen {

    private static final String ON = "\033[?1049h";
    private static final String OFF = "\033[?1049l";
    private static final String CURSOR_ON = "\033[?25h";

    private boolean shown;

    /** Takes note of what is sent to the terminal; the buffer stays as it is. */
    void see(ByteBuffer bytes) {
        String text = StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
        int on = text.lastIndexOf(ON);
        int off = text.lastIndexOf(OFF);
        shown = on > off || (shown && off < 0);
    }

    /** What brings back the first screen and the cursor, nothing if it is there. */
    byte[] leave() {
        String sequence = shown ? OFF + CURSOR_ON : "";
        shown = false;
        return sequence.getBytes(StandardCharsets.US_ASCII);
    }
}
