package io.fieldgate.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.jline.terminal.Size;

/**
 * What commands print, a screen at a time: when one is full it waits for a key. Space shows the next screen, Enter the next line,
 * G or End all the rest, q or Ctrl-C no more.
 *
 * <p><b>Threading.</b> Any thread writes; while one waits for a key, the others wait for it.
 */
final class Pager extends OutputStream {

    private static final String ASK = "\033[7m-- more: Space, Enter, G to the end, q to quit --\033[0m";
    private static final String ASK_DUMB = "-- more: Space, Enter, G to the end, q to quit --";
    private static final String FORGET = "\r\033[K";
    private static final int TAB = 8;

    private final ShellTerminal terminal;
    private final BooleanSupplier live;
    private final Runnable whenQuit;

    /** How many lines were shown since the last key, and the column where the next character comes. */
    private int row;

    private int column;
    private boolean escape;
    private boolean sequence;
    private boolean paging;
    private volatile boolean quit;

    /**
     * Makes a pager.
     *
     * @param terminal where it shows what is written
     * @param live whether what is written now takes the whole screen and is not to be paged
     * @param whenQuit is run when no more is wanted
     */
    Pager(ShellTerminal terminal, BooleanSupplier live, Runnable whenQuit) {
        this.terminal = terminal;
        this.live = live;
        this.whenQuit = whenQuit;
    }

    /** A new line of commands begins. */
    synchronized void begin() {
        row = 0;
        quit = false;
        paging = true;
    }

    /** The commands have ended: what follows begins on a new line. What commands in the background still print is not paged. */
    synchronized void end() throws IOException {
        paging = false;
        if (column > 0) {
            terminal.output().write('\n');
            column = 0;
        }
    }

    /** Whether the person has asked for no more since {@link #begin}. */
    boolean hasQuit() {
        return quit;
    }

    @Override
    public synchronized void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (live.getAsBoolean()) {
            row = 0;
            terminal.output().write(bytes, offset, length);
            return;
        }
        Size size = terminal.getSize();
        int page = Math.max(1, size.getRows() - 1);
        int shown = offset;
        for (int i = offset; i < offset + length; i++) {
            if (paging && row >= page && !quit) {
                terminal.output().write(bytes, shown, i - shown);
                shown = i;
                ask(page);
            }
            if (paging && quit) {
                throw new IOException("no more is wanted");
            }
            advance(bytes[i], size.getColumns());
        }
        terminal.output().write(bytes, shown, offset + length - shown);
    }

    @Override
    public void flush() throws IOException {
        terminal.output().flush();
    }

    private void ask(int page) throws IOException {
        // Before the question can be seen, or a quick Ctrl-C would be lost where no command runs.
        boolean before = terminal.signals(false);
        terminal.awaitKeys(true);
        PagerKey key;
        try {
            show(terminal.isDumb() ? ASK_DUMB : ASK);
            key = PagerKey.read(terminal.reader());
        } finally {
            terminal.awaitKeys(false);
            terminal.signals(before);
        }
        show(terminal.isDumb() ? "\n" : FORGET);
        switch (key) {
            case SCREEN -> row = 0;
            case LINE -> row = page - 1;
            case REST -> paging = false;
            case QUIT -> {
                column = 0;
                quit = true;
                whenQuit.run();
            }
            case OTHER -> throw new AssertionError("no key that means nothing is returned");
        }
    }

    private void show(String text) throws IOException {
        terminal.output().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Follows where on the screen the next character comes. A character of any width counts as one, an escape sequence as none. */
    private void advance(byte octet, int columns) {
        if (escape) {
            boolean opens = !sequence && octet == '[';
            boolean ends = sequence ? octet >= '@' && octet <= '~' : !opens;
            sequence = !ends && (opens || sequence);
            escape = !ends;
        } else if (octet == '\033') {
            escape = true;
        } else if (octet == '\n') {
            row++;
            column = 0;
        } else if (octet == '\r') {
            column = 0;
        } else if (octet == '\t') {
            column += TAB - column % TAB;
        } else if (octet >= ' ' || (octet & 0xC0) == 0xC0) {
            column++;
            if (column > columns) {
                row++;
                column = 1;
            }
        }
    }
}
