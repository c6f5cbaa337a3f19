package io.fieldgate.installer;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is to run of one bundle.
 *
 * @param symbolicName the bundle
 * @param jar the version, from the store; if there is none, what was shipped, or nothing if nothing was
 * @param signer who has signed it, as was found out
 * @param commit what becomes of the layers of the bundle
 * @param file the file of {@code deploy/} that asks for it
 */
record Target(
        String symbolicName,
        Optional<BundleFile> jar,
        Optional<String> signer,
        UnaryOperator<Desired.Layers> commit,
        Optional<DroppedFile> file) {

    /** An update that came in otherwise than by {@code deploy/}. */
    static Target update(BundleFile jar, Optional<String> signer) {
        Desired.Version version = version(jar, signer);
        return new Target(
                jar.symbolicName(), Optional.of(jar), signer, layers -> layers.updated(version), Optional.empty());
    }

    /** One step back, to a version of the store or to what was shipped. */
    static Target back(String symbolicName, Optional<BundleFile> jar, Optional<String> signer) {
        return new Target(symbolicName, jar, signer, Desired.Layers::back, Optional.empty());
    }

    /** A file of {@code deploy/}. */
    static Target drop(DroppedFile file, Optional<String> signer) {
        Desired.Dropped dropped = new Desired.Dropped(file.name(), version(file.jar(), signer));
        return new Target(
                file.jar().symbolicName(),
                Optional.of(file.jar()),
                signer,
                layers -> layers.dropped(Optional.of(dropped)),
                Optional.of(file));
    }

    /** What there is without the file of {@code deploy/}, which has gone. */
    static Target withoutDrop(String symbolicName, Optional<BundleFile> jar) {
        return new Target(
                symbolicName, jar, Optional.empty(), layers -> layers.dropped(Optional.empty()), Optional.empty());
    }

    private static Desired.Version version(BundleFile jar, Optional<String> signer) {
        return new Desired.Version(jar.sha256(), jar.version().toString(), signer);
    }
}
