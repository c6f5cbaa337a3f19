package io.fieldgate.installer;

import io.fieldgate.api.gateway.UpdateException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Swaps as maps of Java's own types, for a {@link Handover}. */
final class SwapText {

    private static final String NAME = "name";
    private static final String SHA256 = "sha256";
    private static final String SIGNER = "signer";
    private static final String KIND = "kind";
    private static final String OLD = "old";
    private static final String RAN = "ran";
    private static final String NEXT = "next";

    private SwapText() {}

    static Map<String, Object> write(Swap swap) {
        Map<String, Object> text = new HashMap<>();
        text.put(NAME, swap.target().symbolicName());
        text.put(KIND, swap.target().kind().name());
        text.put(RAN, swap.ran());
        swap.target().jar().ifPresent(jar -> text.put(SHA256, jar.sha256()));
        swap.target().signer().ifPresent(signer -> text.put(SIGNER, signer));
        swap.old().ifPresent(bundle -> text.put(OLD, bundle.getBundleId()));
        swap.next().ifPresent(bundle -> text.put(NEXT, bundle.getBundleId()));
        return text;
    }

    /**
     * Reads a swap.
     *
     * @throws UpdateException if its jar is not there any more
     */
    static Swap read(Map<String, Object> text, Store store, BundleContext framework) throws UpdateException {
        String sha256 = (String) text.get(SHA256);
        Optional<BundleFile> jar = sha256 == null
                ? Optional.empty()
                : Optional.of(BundleFile.read(new Store.Entry(sha256, store.jar(sha256))));
        Target target = new Target(
                (String) text.get(NAME),
                Target.Kind.valueOf((String) text.get(KIND)),
                jar,
                Optional.ofNullable((String) text.get(SIGNER)),
                Optional.empty());
        return new Swap(target, bundle(text, OLD, framework), (Boolean) text.get(RAN), bundle(text, NEXT, framework));
    }

    /** The bundle that a swap is of. */
    static String name(Map<String, Object> text) {
        return (String) text.get(NAME);
    }

    private static Optional<Bundle> bundle(Map<String, Object> text, String key, BundleContext framework) {
        return Optional.ofNullable((Long) text.get(key)).map(framework::getBundle);
    }
}
