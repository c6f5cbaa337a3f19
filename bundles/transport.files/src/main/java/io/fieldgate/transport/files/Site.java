package io.fieldgate.transport.files;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What is served at one path: folders in layers, the first one that has a file wins. Safe for use by many threads; a change of
 * the layers counts from the next request on.
 */
final class Site {

    private final String path;
    private volatile List<Layer> layers = List.of();

    Site(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    void show(List<Layer> now) {
        layers = List.copyOf(now);
    }

    /**
     * What is at a path.
     *
     * @param page whether a browser asks for a page, which an application may answer at any path; asked where there is no file
     */
    Hit find(RequestPath asked, List<Encodings> preferred, BooleanSupplier page) throws IOException {
        List<Layer> now = layers;
        boolean away = false;
        for (Layer layer : now) {
            Hit hit = layer.find(asked, preferred);
            if (!(hit instanceof Hit.Nothing nothing)) {
                return hit;
            }
            away |= nothing.away();
        }
        if (asked.last().indexOf('.') < 0 && page.getAsBoolean()) {
            for (Layer layer : now) {
                Hit hit = layer.fallback(preferred);
                if (hit instanceof Hit.File) {
                    return hit;
                }
            }
        }
        return new Hit.Nothing(away);
    }
}
