package io.fieldgate.transport.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entity tag (RFC 9110, 8.8.3).
 *
 * @param weak whether what has the same tag may still differ in a byte
 * @param value what stands between the quotes
 */
record EntityTag(boolean weak, String value) {

    private static final Pattern FORM = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"");
    private static final Pattern GAP = Pattern.compile("[ \\t]*(,[ \\t]*)*");

    /** The one tag that a text is. */
    static Optional<EntityTag> of(String text) {
        Matcher tag = FORM.matcher(text.strip());
        return tag.matches() ? Optional.of(new EntityTag(tag.group(1) != null, tag.group(2))) : Optional.empty();
    }

    /** The tags of a list, up to the first thing in it that is none. */
    static List<EntityTag> list(String text) {
        List<EntityTag> tags = new ArrayList<>();
        Matcher gap = GAP.matcher(text);
        Matcher tag = FORM.matcher(text);
        int at = 0;
        while (at < text.length()) {
            gap.region(at, text.length());
            at = gap.lookingAt() ? gap.end() : at;
            tag.region(at, text.length());
            if (!tag.lookingAt()) {
                break;
            }
            tags.add(new EntityTag(tag.group(1) != null, tag.group(2)));
            at = tag.end();
        }
        return tags;
    }

    /** The same, to the byte (RFC 9110, 8.8.3.2). */
    boolean isStrongly(EntityTag other) {
        return !weak && !other.weak && value.equals(other.value);
    }

    /** The same, as far as a reader cares (RFC 9110, 8.8.3.2). */
    boolean isWeakly(EntityTag other) {
        return value.equals(other.value);
    }

    @Override
    public String toString() {
        return (weak ? "W/\"" : "\"") + value + '"';
    }
}
