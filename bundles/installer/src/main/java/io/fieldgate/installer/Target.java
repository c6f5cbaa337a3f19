package io.fieldgate.installer;

import java.util.Optional;

/**
 * What is to run of one bundle.
 *
 * @param symbolicName the bundle
 * @param kind what becomes of its layers
 * @param jar the version, from the store; if there is none, what was shipped, or nothing if nothing was
 * @param signer who has signed it, as was found out
 * @param file the file of {@code deploy/} that asks for it
 */
record Target(
        String symbolicName, Kind kind, Optional<BundleFile> jar, Optional<String> signer, Optional<DroppedFile> file) {

    /** What becomes of the layers of a bundle. */
    enum Kind {
        /** Another update is on top. */
        UPDATE,
        /** The last update goes. */
        BACK,
        /** A file of {@code deploy/} decides. */
        DROP,
        /** No file of {@code deploy/} decides any more. */
        WITHOUT_DROP
    }

    /** An update that came in otherwise than by {@code deploy/}. */
    static Target update(BundleFile jar, Optional<String> signer) {
        return new Target(jar.symbolicName(), Kind.UPDATE, Optional.of(jar), signer, Optional.empty());
    }

    /** One step back, to a version of the store or to what was shipped. */
    static Target back(String symbolicName, Optional<BundleFile> jar, Optional<String> signer) {
        return new Target(symbolicName, Kind.BACK, jar, signer, Optional.empty());
    }

    /** A file of {@code deploy/}. */
    static Target drop(DroppedFile file, Optional<String> signer) {
        return new Target(file.jar().symbolicName(), Kind.DROP, Optional.of(file.jar()), signer, Optional.of(file));
    }

    /** What there is without the file of {@code deploy/}, which has gone. */
    static Target withoutDrop(String symbolicName, Optional<BundleFile> jar) {
        return new Target(symbolicName, Kind.WITHOUT_DROP, jar, Optional.empty(), Optional.empty());
    }

    /** What there is of the bundle when this runs for good. */
    Desired.Layers commit(Desired.Layers layers) {
        return switch (kind) {
            case UPDATE -> layers.updated(version());
            case BACK -> layers.back();
            case DROP -> layers.dropped(file.map(dropped -> new Desired.Dropped(dropped.name(), version())));
            case WITHOUT_DROP -> layers.dropped(Optional.empty());
        };
    }

    private Desired.Version version() {
        BundleFile file = jar.orElseThrow();
        return new Desired.Version(file.sha256(), file.version().toString(), signer);
    }
}
