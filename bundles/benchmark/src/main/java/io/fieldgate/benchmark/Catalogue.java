package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.Protocol;
import io.fieldgate.benchmark.peer.JettyPeer;
import io.fieldgate.benchmark.peer.NettyPeer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What there is to be measured. A new figure is one class and a line here, and so is a new server. */
final class Catalogue {

    private Catalogue() {}

    /** All figures, in the order in which they are taken; campaigns last. */
    static List<Figure> figures(OpenFiles openFiles) {
        return List.of(
                new EchoFigure("echo-32", 32, 1),
                new EchoFigure("echo-1k", 1_024, 1),
                new EchoFigure("echo-pipelined", 32, 16),
                new CurveFigure(openFiles),
                new DeflateFigure(),
                new FanoutFigure(),
                new PointsFigure("points", PointLoad.polled(1_000, 100), false),
                new PointsFigure("live", PointLoad.polled(10, 100), true),
                new IdleFigure(),
                new HandshakeFigure(),
                new StaticFigure(),
                new StartFigure(),
                new MemoryFigure(),
                new UpdateFigure(),
                new HoldFigure(openFiles),
                RateFigure.polled("points-100", 100, 1_000),
                RateFigure.polled("points-1000", 1_000, 1_000),
                RateFigure.polled("points-10000", 10_000, 1_000),
                RateFigure.pushed("points-10000-pushed", 10_000, 1_000),
                RateFigure.pushed("points-10-1khz", 10, 1),
                RateFigure.pushed("points-100-1khz", 100, 1));
    }

    /** All servers, the gateway first. */
    static List<Contender> contenders(Workspace workspace, Path distribution) {
        FieldgateContender fieldgate = new FieldgateContender(workspace, distribution);
        Set<Ability> plain = EnumSet.of(Ability.ECHO, Ability.WEB_SOCKET, Ability.FANOUT, Ability.DEFLATE);
        Set<Ability> jetty = EnumSet.copyOf(plain);
        jetty.add(Ability.STATIC);
        return List.of(
                fieldgate,
                new PeerContender(workspace, "jetty", JettyPeer.class, jetty, fieldgate),
                new PeerContender(workspace, "netty", NettyPeer.class, EnumSet.allOf(Ability.class), fieldgate),
                new NativeContender(
                        workspace,
                        "libwebsockets",
                        Recipe.c(
                                "peer/libwebsockets.c",
                                "cc and libwebsockets (Debian: gcc, libwebsockets-dev)",
                                "-lwebsockets"),
                        Protocol.WEB_SOCKET,
                        plain),
                new NativeContender(workspace, "ws", Recipe.node("peer/ws"), Protocol.WEB_SOCKET, plain),
                new NativeContender(
                        workspace,
                        "socket.io",
                        Recipe.node("peer/socket.io"),
                        Protocol.SOCKET_IO,
                        EnumSet.of(Ability.ECHO, Ability.FANOUT)),
                new NativeContender(
                        workspace,
                        "tcp",
                        Recipe.c("peer/tcp.c", "cc (Debian: gcc)"),
                        Protocol.TCP,
                        EnumSet.of(Ability.ECHO, Ability.CROWD)),
                PageContender.lighttpd(workspace),
                PageContender.nginx(workspace));
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
