package io.fieldgate.transport.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Server;

/**
 * A place where the gateway listens: one socket, or the two of {@code localhost}. It can move without a gap: what the old place and the
 * new one have in common stays open, the rest is opened before the old is closed to new clients.
 *
 * <p>Not for use by several threads at once.
 */
final class Listener {

    /** How often another number is tried if one that the system chose for IPv4 is taken for IPv6. */
    private static final int TRIES = 8;

    private List<Port> ports = List.of();
    private Optional<Terms> followed = Optional.empty();

    private final TlsDoor door;

    /** @param door begins connections where the terms say TLS */
    Listener(TlsDoor door) {
        this.door = door;
    }

    /**
     * Listens where the terms say and as they say. If that cannot be, all stays as it was.
     *
     * @return whether it has moved, was opened, or speaks something else
     * @throws IOException if a socket cannot be opened; its message is one line that names the address and the cause
     */
    boolean follow(Server server, Terms terms) throws IOException {
        boolean moves = !isAt(terms.place());
        if (moves) {
            move(server, terms);
        } else if (terms.place() instanceof SocketFile file && !place().equals(Optional.of(file))) {
            file.allow();
        }
        boolean changes =
                moves || followed.isEmpty() || !followed.get().speech().equals(terms.speech());
        followed = Optional.of(terms);
        ports.forEach(port -> port.adjust(terms));
        return changes;
    }

    boolean isOpen() {
        return !ports.isEmpty();
    }

    /** The address for people; only if it is open. */
    String url() {
        Terms terms = followed.orElseThrow();
        return terms.place().url(terms.speech().scheme(), number());
    }

    /** The port that is open; only if one is. */
    int number() {
        return ports.get(0).number();
    }

    /** The addresses and ports that are open; none for a Unix domain socket. */
    List<OwnPorts.Open> addresses() {
        boolean tls = followed.isPresent() && followed.get().speech().isTls();
        List<OwnPorts.Open> open = new ArrayList<>();
        for (Port port : ports) {
            if (port.at() instanceof InetSocketAddress inet) {
                open.add(new OwnPorts.Open(inet.getHostString(), inet.getAddress(), port.number(), tls));
            }
        }
        return open;
    }

    /** Takes no new connection; those that are there stay. */
    void retire() {
        ports.forEach(Port::retire);
        forget();
    }

    /** Jetty has closed everything. */
    void forget() {
        ports = List.of();
        followed = Optional.empty();
    }

    private Optional<Place> place() {
        return followed.map(Terms::place);
    }

    private boolean isAt(Place wanted) {
        return isOpen() && wanted.sockets().equals(ports.stream().map(Port::at).toList());
    }

    private void move(Server server, Terms terms) throws IOException {
        List<? extends SocketAddress> wanted = terms.place().sockets();
        List<Port> before = ports;
        ports = openTogether(server, terms, wanted, before);
        List<Port> after = ports;
        before.stream().filter(port -> !after.contains(port)).forEach(Port::retire);
    }

    private List<Port> openTogether(Server server, Terms terms, List<? extends SocketAddress> wanted, List<Port> before)
            throws IOException {
        for (int tries = 1; ; tries++) {
            List<Port> together = new ArrayList<>();
            try {
                for (SocketAddress at : wanted) {
                    Optional<Port> there =
                            before.stream().filter(port -> port.at().equals(at)).findFirst();
                    together.add(
                            there.isPresent() ? there.get() : Port.open(server, door, terms, at, number(at, together)));
                }
                return together;
            } catch (IOException e) {
                boolean chosen = !together.isEmpty() && number(wanted.get(0), List.of()) == 0;
                together.stream().filter(port -> !before.contains(port)).forEach(Port::close);
                if (!chosen || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** The port to ask for: the one of the other address if the system is to choose. */
    private static int number(SocketAddress at, List<Port> together) {
        int asked = at instanceof InetSocketAddress inet ? inet.getPort() : 0;
        return asked == 0 && !together.isEmpty() ? together.get(0).number() : asked;
    }
}
