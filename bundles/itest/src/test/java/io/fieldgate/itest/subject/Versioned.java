package io.fieldgate.itest.subject;

import org.osgi.framework.FrameworkUtil;

/** Tells the version of the bundle that a class came from. */
public final class Versioned {

    private Versioned() {}

    static String versionOf(Class<?> type) {
        return FrameworkUtil.getBundle(type).getVersion().toString();
    }
}
