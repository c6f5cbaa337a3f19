package io.fieldgate.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the gateway shows on a terminal. A command can take over the second screen (xterm's private modes) and be cut off before it
 * gives it back; then this does.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class TerminalScreen {

    private static final String ALTERNATE_ON = "\033[?1049h";
    private static final String ALTERNATE_OFF = "\033[?1049l";
    private static final String CURSOR_ON = "\033[?25h";

    private final OutputStream out;

    /** Guarded by this, as the next one is. */
    private boolean alternate;

    private boolean closed;

    TerminalScreen(OutputStream out) {
        this.out = out;
    }

    /** Shows a part of the output; nothing once this is closed. */
    synchronized void show(ByteBuffer payload) throws IOException {
        if (closed) {
            return;
        }
        out.write(payload.array(), payload.arrayOffset() + payload.position(), payload.remaining());
        out.flush();
        String text = StandardCharsets.ISO_8859_1.decode(payload).toString();
        int on = text.lastIndexOf(ALTERNATE_ON);
        int off = text.lastIndexOf(ALTERNATE_OFF);
        alternate = on > off || (alternate && off < 0);
    }

    /** Goes back to the first screen, if the second one is shown. */
    synchronized void leaveAlternate() throws IOException {
        if (alternate) {
            alternate = false;
            out.write((ALTERNATE_OFF + CURSOR_ON).getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }

    /** Goes back to the first screen, and shows nothing more. */
    synchronized void close() {
        closed = true;
        try {
            leaveAlternate();
        } catch (IOException e) {
            return; // there is no terminal any more
        }
    }
}
