package io.fieldgate.config;

import java.io.IOException;
import java.net.URL;
import java.util.List;
import org.apache.felix.metatype.AD;
import org.apache.felix.metatype.MetaDataReader;
import org.apache.felix.metatype.OCD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the least and the greatest value that a bundle declares for a key. The metatype service checks them but has no way to tell
 * them, so they are read from the bundle's files (OSGi Compendium 8.1, 105.7), and only when a value is bad.
 */
final class Bounds {

    private static final Logger LOG = LoggerFactory.getLogger(Bounds.class);

    private final List<URL> files;
    private final String definition;

    /**
     * Makes a reader.
     *
     * @param files the bundle's metatype files
     * @param definition the id of the object class definition
     */
    Bounds(List<URL> files, String definition) {
        this.files = files;
        this.definition = definition;
    }

    /** Says " from 1 to 5" or a part of it; empty if there are no bounds. */
    String of(String key) {
        for (URL file : files) {
            try {
                if (new MetaDataReader().parse(file).getObjectClassDefinitions().get(definition) instanceof OCD found
                        && found.getAttributeDefinitions().get(key) instanceof AD attribute) {
                    return describe(" from ", attribute.getMin()) + describe(" to ", attribute.getMax());
                }
            } catch (IOException e) {
                LOG.debug("the bounds of {} cannot be read from {}", key, file, e);
            }
        }
        return "";
    }

    private static String describe(String word, String bound) {
        return bound == null ? "" : word + bound;
    }
}
