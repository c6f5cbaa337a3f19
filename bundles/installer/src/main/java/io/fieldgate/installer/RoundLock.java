package io.fieldgate.installer;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.Semaphore;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Held for a round, so that a late round of an installer that is gone and one of its successor never overlap. The two may come
 * from two versions of this bundle and share no class, so it is a service of the framework, which the first of them registers
 * and nobody takes away. Its class is one of Java's own: it keeps no bundle's classes alive.
 */
final class RoundLock {

    private static final String NAME = "io.fieldgate.installer.round";

    private RoundLock() {}

    /**
     * The one lock of a framework. Two installers never ask for the first time at once, for the second one comes from a round of
     * the first.
     */
    static Semaphore of(BundleContext framework) {
        try {
            for (ServiceReference<Semaphore> reference :
                    framework.getServiceReferences(Semaphore.class, '(' + NAME + "=true)")) {
                return framework.getService(reference);
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        Semaphore first = new Semaphore(1);
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(NAME, true);
        framework.registerService(Semaphore.class, first, properties);
        return first;
    }
}
