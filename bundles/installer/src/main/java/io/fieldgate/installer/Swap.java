package io.fieldgate.installer;

import java.util.Optional;
import org.osgi.framework.Bundle;

/**
 * A bundle that takes the place of another.
 *
 * @param target what is wanted
 * @param old what runs, or should
 * @param ran whether it ran when the update began
 * @param next what is to run: a bundle that was installed beside the old one, the shipped one, or nothing
 */
record Swap(Target target, Optional<Bundle> old, boolean ran, Optional<Bundle> next) {

    /** Tells whether the new bundle was installed for this update, and is to go if the update fails. */
    boolean isFresh() {
        return target.jar().isPresent();
    }

    static String name(Bundle bundle) {
        return bundle.getSymbolicName() + ' ' + bundle.getVersion();
    }
}
