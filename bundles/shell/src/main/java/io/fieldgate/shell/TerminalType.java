package io.fieldgate.shell;

import java.util.List;
import java.util.Locale;
import org.jline.utils.InfoCmp;

/** What kinds of terminals are known. JLine would start a program in the gateway to ask about others. */
final class TerminalType {

    static final String DUMB = "dumb";

    /** By their first letters, as JLine has them; the first that fits counts. */
    private static final List<String> KNOWN = List.of(
            "xterm-256color",
            "xterm",
            "screen-256color",
            "screen",
            "rxvt-unicode-256color",
            "rxvt-unicode",
            "rxvt-basic",
            "rxvt",
            "ansi",
            DUMB);

    private static final List<String> LIKE_XTERM =
            List.of("alacritty", "foot", "kitty", "konsole", "gnome", "vte", "st-", "wezterm", "putty", "cygwin");
    private static final List<String> LIKE_SCREEN = List.of("tmux", "linux", "vt");

    private TerminalType() {}

    /** The kind that comes nearest to a value of {@code TERM}, ready for JLine. */
    static String of(String term) {
        String nearest = nearest(term.toLowerCase(Locale.ROOT));
        InfoCmp.setLoadedInfoCmp(nearest, InfoCmp.getDefaultInfoCmp(nearest));
        return nearest;
    }

    private static String nearest(String term) {
        if (LIKE_XTERM.stream().anyMatch(term::startsWith)) {
            return "xterm-256color";
        }
        if (LIKE_SCREEN.stream().anyMatch(term::startsWith)) {
            return term.endsWith("256color") ? "screen-256color" : "screen";
        }
        return KNOWN.stream().filter(term::startsWith).findFirst().orElse("ansi");
    }
}
