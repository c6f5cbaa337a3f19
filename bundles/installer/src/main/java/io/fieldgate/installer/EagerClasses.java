package io.fieldgate.installer;

import java.net.URL;
import java.util.Collections;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what the installer's thread may still need, before the installer's own bundle or the API is taken from under it: a class loader that was
 * refreshed keeps the classes that it has loaded, and finds no others.
 */
final class EagerClasses {

    private static final Logger LOG = LoggerFactory.getLogger(EagerClasses.class);
    private static final String API = "io.fieldgate.api";

    private EagerClasses() {}

    /** Loads all classes of a bundle, and those of the API that it is wired to. */
    static void load(Bundle self) {
        load(self, self, "io/fieldgate/installer");
        BundleWiring wiring = self.adapt(BundleWiring.class);
        List<BundleWire> wires = wiring == null ? List.of() : wiring.getRequiredWires(BundleRevision.PACKAGE_NAMESPACE);
        for (BundleWire wire : wires) {
            String name = String.valueOf(wire.getCapability().getAttributes().get(BundleRevision.PACKAGE_NAMESPACE));
            if (name.startsWith(API)) {
                load(self, wire.getProvider().getBundle(), name.replace('.', '/'));
            }
        }
    }

    private static void load(Bundle self, Bundle from, String folder) {
        var entries = from.findEntries(folder, "*.class", false);
        if (entries == null) {
            return;
        }
        for (URL entry : Collections.list(entries)) {
            String path = entry.getPath().replaceFirst("^/", "");
            String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
            try {
                self.loadClass(name);
            } catch (ClassNotFoundException | LinkageError e) {
                LOG.debug("{} is not loaded", name, e); // what it needs is not there, so nobody uses it
            }
        }
    }
}
