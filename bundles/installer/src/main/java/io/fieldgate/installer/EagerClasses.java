package io.fieldgate.installer;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what the installer's thread may still need, before the installer's own bundle is taken from under it: the class loader of a bundle that was
 * refreshed finds nothing any more, but the JVM asks it for no class that it has been asked for before. What is needed stands in the constant
 * pools of the installer's classes (JVMS 17, 4.4).
 */
final class EagerClasses {

    private static final Logger LOG = LoggerFactory.getLogger(EagerClasses.class);
    private static final Pattern DESCRIPTOR = Pattern.compile("L([A-Za-z0-9_$/]+);");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_$]+(/[A-Za-z0-9_$]+)+");

    private EagerClasses() {}

    /** Loads all classes of a bundle, and those that they name. */
    static void load(Bundle self) {
        Enumeration<URL> classes = self.findEntries("/", "*.class", true);
        if (classes == null) {
            return;
        }
        Set<String> names = new TreeSet<>();
        for (URL entry : Collections.list(classes)) {
            try (InputStream in = entry.openStream();
                    DataInputStream data = new DataInputStream(in)) {
                addNames(data, names);
            } catch (IOException e) {
                LOG.warn("{} cannot be read", entry, e);
            }
        }
        for (String name : names) {
            try {
                Class.forName(name.replace('/', '.'), false, EagerClasses.class.getClassLoader());
            } catch (ClassNotFoundException | LinkageError e) {
                LOG.debug("{} is not loaded", name, e); // an optional import, or no class at all
            }
        }
    }

    /** Adds every text of a constant pool that may name classes. */
    private static void addNames(DataInputStream data, Set<String> names) throws IOException {
        data.skipNBytes(8);
        int constants = data.readUnsignedShort();
        for (int i = 1; i < constants; i++) {
            int tag = data.readUnsignedByte();
            switch (tag) {
                case 1 -> addNames(data.readUTF(), names);
                case 7, 8, 16, 19, 20 -> data.skipNBytes(2);
                case 15 -> data.skipNBytes(3);
                case 5, 6 -> {
                    data.skipNBytes(8);
                    i++; // a long or a double takes two places
                }
                default -> data.skipNBytes(4);
            }
        }
    }

    private static void addNames(String text, Set<String> names) {
        if (NAME.matcher(text).matches()) {
            names.add(text);
        }
        Matcher matcher = DESCRIPTOR.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
    }
}
