package io.fieldgate.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;

/**
 * A terminal that is somewhere else: what is typed comes in by {@link #typed}, what is to be seen goes to a stream.
 *
 * <p><b>Threading.</b> One thread calls {@link #typed} and {@link #resize}, any writes, one at a time reads.
 */
final class ShellTerminal extends LineDisciplineTerminal {

    /** How many typed bytes wait for a reader; a little less than what JLine has room for. */
    private static final int AHEAD_MAX = 1000;

    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private volatile boolean awaited;
    private volatile boolean closed;

    /**
     * Makes a terminal.
     *
     * @param name of its threads, if JLine should need any
     * @param term what kind it is
     * @param screen where what is to be seen goes
     * @param size how much can be seen
     */
    ShellTerminal(String name, String term, OutputStream screen, WindowSize size) throws IOException {
        super(name, TerminalType.of(term), screen, StandardCharsets.UTF_8);
        // What is typed while a command runs is not shown before the next prompt.
        attributes.setLocalFlags(EnumSet.of(LocalFlag.ECHO, LocalFlag.ICANON), false);
        attributes.setInputFlag(InputFlag.ICRNL, false);
        setSize(new Size(size.columns(), size.rows()));
    }

    /** Whether it can do no more than print one line after another. */
    boolean isDumb() {
        return TerminalType.DUMB.equals(getType());
    }

    /** Takes what was typed. Waits for room only while somebody reads; otherwise what has no room is lost. */
    void typed(byte[] bytes) throws IOException {
        processInputBytes(bytes);
    }

    /** Takes another size and tells who wants to know. */
    void resize(WindowSize size) {
        setSize(new Size(size.columns(), size.rows()));
        raise(Signal.WINCH);
    }

    /** Says whether somebody waits for what is typed. */
    void awaitKeys(boolean waiting) {
        awaited = waiting;
    }

    /** Switches on or off that Ctrl-C is more than a key. Returns how it was before. */
    boolean signals(boolean on) {
        Attributes next = getAttributes();
        boolean before = next.getLocalFlag(LocalFlag.ISIG);
        next.setLocalFlag(LocalFlag.ISIG, on);
        setAttributes(next);
        return before;
    }

    /** Ctrl-C must come through whatever waits before it. */
    @Override
    protected boolean doProcessInputByte(int octet) throws IOException {
        while (slaveInput.available() >= AHEAD_MAX && !closed && !isInterrupt(octet)) {
            if (!awaited) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        return super.doProcessInputByte(octet);
    }

    /** Only where a line is edited: what a command prints would go on behind it, and so would the prompt. */
    @Override
    protected void echoSignal(Signal signal) {
        if (awaited) {
            super.echoSignal(signal);
        }
    }

    @Override
    protected void doClose() throws IOException {
        closed = true;
        super.doClose();
    }

    private boolean isInterrupt(int octet) {
        return octet == attributes.getControlChar(Attributes.ControlChar.VINTR)
                && attributes.getLocalFlag(LocalFlag.ISIG);
    }
}
