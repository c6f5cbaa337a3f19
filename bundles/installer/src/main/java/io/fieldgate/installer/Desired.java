package io.fieldgate.installer;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is to run, what was tried and what became of it: all that the installer must know after the power has gone.
 *
 * @param bundles the bundles that are not as shipped, by symbolic name
 * @param refused the files of {@code deploy/} that were tried and rolled back, by file name
 * @param open the update that is under way; one that stands there at the start was cut off
 * @param ended the last updates that have ended, the newest first
 */
record Desired(Map<String, Layers> bundles, Map<String, Refused> refused, Optional<Deed> open, List<Deed> ended) {

    /** Everything is as shipped. */
    static final Desired SHIPPED = new Desired(Map.of(), Map.of(), Optional.empty(), List.of());

    private static final int ENDED_MAX = 100;

    Desired {
        bundles = Collections.unmodifiableMap(new TreeMap<>(bundles));
        refused = Collections.unmodifiableMap(new TreeMap<>(refused));
        ended = List.copyOf(ended);
    }

    /**
     * A version of a bundle, in the store.
     *
     * @param sha256 its jar
     * @param version the version, for people
     * @param signer who had signed it when it was checked
     */
    record Version(String sha256, String version, Optional<String> signer) {}

    /**
     * A version that lies in {@code deploy/}.
     *
     * @param file the file's name
     * @param version what was in it when it was taken
     */
    record Dropped(String file, Version version) {}

    /**
     * What there is of a bundle besides what was shipped; the first that is there runs.
     *
     * @param dropped what lies in {@code deploy/}
     * @param update the last update that was committed
     * @param before the update before that one
     */
    record Layers(Optional<Dropped> dropped, Optional<Version> update, Optional<Version> before) {

        static final Layers NONE = new Layers(Optional.empty(), Optional.empty(), Optional.empty());

        /** What runs, if it is not what was shipped. */
        Optional<Version> effective() {
            return dropped.map(Dropped::version).or(() -> update);
        }

        Layers dropped(Optional<Dropped> next) {
            return new Layers(next, update, before);
        }

        Layers updated(Version next) {
            return new Layers(dropped, Optional.of(next), update);
        }

        /** One step back; what was left is forgotten. */
        Layers back() {
            return new Layers(dropped, before, Optional.empty());
        }

        private Stream<Version> all() {
            return Stream.of(dropped.map(Dropped::version), update, before).flatMap(Optional::stream);
        }
    }

    /**
     * A file of {@code deploy/} that is not tried again until it changes.
     *
     * @param sha256 the jar
     * @param modified when the file was last modified, in milliseconds since 1970
     * @param reason why
     */
    record Refused(String sha256, long modified, String reason) {}

    /** What there is of a bundle. */
    Layers layers(String symbolicName) {
        return bundles.getOrDefault(symbolicName, Layers.NONE);
    }

    Desired with(String symbolicName, Layers layers) {
        Map<String, Layers> next = new TreeMap<>(bundles);
        if (layers.equals(Layers.NONE)) {
            next.remove(symbolicName);
        } else {
            next.put(symbolicName, layers);
        }
        return new Desired(next, refused, open, ended);
    }

    Desired refusing(String file, Refused why) {
        Map<String, Refused> next = new TreeMap<>(refused);
        next.put(file, why);
        return new Desired(bundles, next, open, ended);
    }

    Desired refusingNoMore(Set<String> files) {
        Map<String, Refused> next = new TreeMap<>(refused);
        next.keySet().removeAll(files);
        return new Desired(bundles, next, open, ended);
    }

    Desired opening(Deed deed) {
        return new Desired(bundles, refused, Optional.of(deed), ended);
    }

    /** Notes the end of the update that is under way. */
    Desired ending(Deed deed) {
        return new Desired(bundles, refused, Optional.empty(), ended).noting(deed);
    }

    /** Notes the end of an update that has not had its turn. */
    Desired noting(Deed deed) {
        List<Deed> next = Stream.concat(Stream.of(deed), ended.stream())
                .sorted(Comparator.comparingLong(Deed::id).reversed())
                .limit(ENDED_MAX)
                .toList();
        return new Desired(bundles, refused, open, next);
    }

    /** The jars that are needed, by SHA-256. */
    Set<String> jars() {
        Set<String> jars = new TreeSet<>();
        bundles.values().stream().flatMap(Layers::all).map(Version::sha256).forEach(jars::add);
        return jars;
    }
}
