package io.fieldgate.transport.files;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was found out about files, with the small ones whole; those that were asked for last.
 *
 * <p>Nothing here is trusted for its age: whoever asks says what the file looks like now, its stamp, and gets what was stored
 * with the same one. Safe for use by many threads.
 */
final class FileCache {

    /** What everything here may take together, in bytes. */
    static final int MAX_BYTES = 2 * 1024 * 1024;

    /** What an entry takes besides the file. */
    private static final int ENTRY_BYTES = 512;

    private final int maxBytes;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(64, 0.75f, true); // guarded by this
    private int bytes; // guarded by this

    FileCache() {
        this(MAX_BYTES);
    }

    FileCache(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** What was stored for a file that looked like this. */
    synchronized Optional<Content> get(Source source, String name, Object stamp) {
        Entry entry = entries.get(new Key(source, name));
        return entry != null && entry.stamp.equals(stamp) ? Optional.of(entry.content) : Optional.empty();
    }

    /** Stores what is known of a file; what was not asked for longest goes. */
    synchronized void put(Source source, String name, Object stamp, Content content) {
        Entry added = new Entry(stamp, content);
        Entry before = entries.put(new Key(source, name), added);
        bytes += added.weight() - (before == null ? 0 : before.weight());
        Iterator<Entry> oldest = entries.values().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            bytes -= oldest.next().weight();
            oldest.remove();
        }
    }

    /** Forgets all files of a source. */
    synchronized void forget(Source source) {
        entries.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey().source.equals(source);
            bytes -= gone ? entry.getValue().weight() : 0;
            return gone;
        });
    }

    /** What everything here takes now. */
    synchronized int bytes() {
        return bytes;
    }

    private record Key(Source source, String name) {}

    private record Entry(Object stamp, Content content) {

        int weight() {
            return ENTRY_BYTES + content.bytes().map(all -> all.length).orElse(0);
        }
    }
}
