package io.fieldgate.transport.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.osgi.framework.Bundle;

/** A folder of a bundle, as it is now: an update of the bundle makes another one of it. */
final class BundleFolder implements Source {

    private final FileCache cache;
    private final Map<String, URL> files = new HashMap<>();
    private final TreeSet<String> folders = new TreeSet<>();
    private final Instant modified;
    private final String revision;

    /**
     * Notes the names of all files.
     *
     * @param folder within the bundle, without a slash at either end
     */
    BundleFolder(Bundle bundle, String folder, FileCache cache) {
        this.cache = cache;
        modified = Instant.ofEpochMilli(bundle.getLastModified());
        revision = Long.toHexString(bundle.getBundleId()) + '-' + Long.toHexString(bundle.getLastModified());
        Enumeration<URL> found = bundle.findEntries(folder, "*", true);
        String prefix = '/' + folder + '/';
        for (URL url : found == null ? List.<URL>of() : Collections.list(found)) {
            String path = url.getPath();
            int at = path.indexOf(prefix);
            if (at >= 0 && !path.endsWith("/")) {
                add(path.substring(at + prefix.length()), url);
            }
        }
    }

    int size() {
        return files.size();
    }

    @Override
    public Found find(String name) throws IOException {
        if (folders.contains(name)) {
            return Found.FOLDER;
        }
        URL url = files.get(name);
        if (url == null) {
            return Found.NOTHING;
        }
        Optional<Content> known = cache.get(this, name, revision);
        if (known.isPresent()) {
            return Found.file(known.get());
        }
        Content content = load(name, url);
        cache.put(this, name, revision, content);
        return Found.file(content);
    }

    @Override
    public boolean mayHave(String name) {
        return files.containsKey(name);
    }

    @Override
    public List<String> list(String name) {
        String prefix = name.isEmpty() ? "" : name + '/';
        TreeSet<String> names = new TreeSet<>();
        for (String file : files.keySet()) {
            if (file.startsWith(prefix)) {
                int slash = file.indexOf('/', prefix.length());
                names.add(file.substring(prefix.length(), slash < 0 ? file.length() : slash + 1));
            }
        }
        return List.copyOf(names);
    }

    private void add(String name, URL url) {
        files.put(name, url);
        folders.add("");
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            folders.add(name.substring(0, slash));
        }
    }

    private Content load(String name, URL url) throws IOException {
        Optional<Instant> date = modified.isAfter(Instant.now())
                ? Optional.empty()
                : Optional.of(modified.truncatedTo(ChronoUnit.SECONDS));
        URLConnection connection = url.openConnection();
        try (InputStream in = connection.getInputStream()) {
            byte[] start = in.readNBytes(Content.SMALL_MAX_BYTES + 1);
            if (start.length <= Content.SMALL_MAX_BYTES) {
                return Content.small(start, date, true);
            }
            long size = start.length + in.transferTo(OutputStream.nullOutputStream());
            EntityTag tag = new EntityTag(false, revision + '-' + Integer.toHexString(name.hashCode()));
            return new Content(size, date, tag, true, Optional.empty(), offset -> open(url, offset));
        }
    }

    private static InputStream open(URL url, long offset) throws IOException {
        InputStream in = url.openStream();
        try {
            in.skipNBytes(offset);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
