package io.fieldgate.benchmark;

import io.fieldgate.benchmark.peer.JettyPeer;
import io.fieldgate.benchmark.peer.NettyPeer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What there is to be measured. A new figure is one class and a line here, and so is a new server. */
final class Catalogue {

    private Catalogue() {}

    /** All figures, in the order in which they are taken. */
    static List<Figure> figures() {
        return List.of(
                new EchoFigure("echo-32", 32),
                new EchoFigure("echo-1k", 1_024),
                new FanoutFigure(),
                new PointsFigure("points", PointLoad.polled(1_000, 100), false),
                new PointsFigure("live", PointLoad.polled(10, 100), true),
                new IdleFigure(),
                new HandshakeFigure(),
                new StartFigure(),
                new MemoryFigure(),
                new UpdateFigure());
    }

    /** All servers, the gateway first. */
    static List<Contender> contenders(Workspace workspace, Path distribution) {
        FieldgateContender fieldgate = new FieldgateContender(workspace, distribution);
        return List.of(
                fieldgate,
                new PeerContender(workspace, "jetty", JettyPeer.class, fieldgate),
                new PeerContender(workspace, "netty", NettyPeer.class, fieldgate));
    }

    /**
     * Chooses by name.
     *
     * @param all what there is
     * @param name what each is called
     * @param wanted the names that are wanted; none for all
     * @param kind what they are, for the error
     * @return those that are wanted, in the order of what there is
     * @throws IllegalArgumentException if there is nothing of a name; it says what there is
     */
    static <T> List<T> choose(List<T> all, Function<T, String> name, List<String> wanted, String kind) {
        List<String> names = all.stream().map(name).toList();
        List<String> unknown = new ArrayList<>(wanted);
        unknown.removeAll(names);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no " + kind + " " + unknown.get(0) + "; there are " + String.join(", ", names));
        }
        return all.stream()
                .filter(one -> wanted.isEmpty() || wanted.contains(name.apply(one)))
                .toList();
    }
}
