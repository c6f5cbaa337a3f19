package io.fieldgate.transport.files;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One folder that is served.
 *
 * @param source its files
 * @param settings how
 */
record Layer(Source source, MountSettings settings) {

    /** What is at a path. */
    Hit find(RequestPath path, List<Encodings> preferred) throws IOException {
        if (path.folder()) {
            return folder(path, preferred);
        }
        Source.Found found = source.find(path.name());
        return switch (found.kind()) {
            case FILE -> file(path.name(), found.content().orElseThrow(), preferred);
            case FOLDER -> folder(path, preferred) instanceof Hit.Nothing ? Hit.NOTHING : new Hit.Folder();
            case AWAY -> new Hit.Nothing(true);
            default -> Hit.NOTHING;
        };
    }

    /** The page of an application that makes up its paths itself. */
    Hit fallback(List<Encodings> preferred) throws IOException {
        return settings.spa().isPresent() ? named(settings.spa().get(), preferred) : Hit.NOTHING;
    }

    private Hit folder(RequestPath path, List<Encodings> preferred) throws IOException {
        Hit index = named(path.child(settings.index()), preferred);
        boolean listed = settings.listing()
                && index.equals(Hit.NOTHING)
                && source.find(path.name()).kind() == Source.Kind.FOLDER;
        return listed
                ? new Hit.Listing(
                        settings, source.list(path.name()), path.name().isEmpty())
                : index;
    }

    private Hit named(String name, List<Encodings> preferred) throws IOException {
        Source.Found found = source.find(name);
        return switch (found.kind()) {
            case FILE -> file(name, found.content().orElseThrow(), preferred);
            case AWAY -> new Hit.Nothing(true);
            default -> Hit.NOTHING;
        };
    }

    private Hit file(String name, Content plain, List<Encodings> preferred) throws IOException {
        String last = name.substring(name.lastIndexOf('/') + 1);
        Map<Encodings, Content> compressed = compressed(name, plain);
        for (Encodings encoding : preferred) {
            Content content = compressed.get(encoding);
            if (content != null) {
                return new Hit.File(settings, last, content, Optional.of(encoding), true);
            }
        }
        return new Hit.File(settings, last, plain, Optional.empty(), !compressed.isEmpty());
    }

    /** What lies compressed beside a file. What is older than the file was forgotten there, and is not what the file says. */
    private Map<Encodings, Content> compressed(String name, Content plain) throws IOException {
        Map<Encodings, Content> compressed = new EnumMap<>(Encodings.class);
        for (Encodings encoding : Encodings.ALL) {
            if (source.mayHave(name + encoding.suffix())) {
                Optional<Content> content =
                        source.find(name + encoding.suffix()).content();
                content.filter(found -> !isOlder(found, plain)).ifPresent(found -> compressed.put(encoding, found));
            }
        }
        return compressed;
    }

    private static boolean isOlder(Content one, Content other) {
        return one.modified().isPresent()
                && other.modified().isPresent()
                && one.modified().get().isBefore(other.modified().get());
    }
}
