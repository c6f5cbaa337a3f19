package io.fieldgate.driver.linux;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Makes segments of ids of what the kernel calls things; no two alike. */
final class Names {

    private static final int LONGEST = 60;

    private final String prefix;
    private final Set<String> taken = new HashSet<>();

    Names(String prefix) {
        this.prefix = prefix;
    }

    /** Lower case, with a hyphen for what an id cannot have; {@code -2} and so on follow if the name is taken. */
    String of(String raw) {
        String plain = plain(raw);
        String name = plain;
        for (int i = 2; !taken.add(name); i++) {
            name = plain + '-' + i;
        }
        return name;
    }

    private String plain(String raw) {
        StringBuilder name = new StringBuilder(prefix);
        for (char c : raw.toLowerCase(Locale.ROOT).toCharArray()) {
            boolean allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
            if (allowed) {
                name.append(c);
            } else if (name.length() > prefix.length() && name.charAt(name.length() - 1) != '-') {
                name.append('-');
            }
        }
        int length = Math.min(name.length(), LONGEST);
        while (length > prefix.length() && name.charAt(length - 1) == '-') {
            length--;
        }
        return length == prefix.length() ? prefix + "unnamed" : name.substring(0, length);
    }
}
