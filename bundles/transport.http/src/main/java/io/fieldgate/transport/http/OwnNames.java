package io.fieldgate.transport.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The names that a gateway goes by which other machines can reach: the address that a client has come to, the host of a listener, and
 * the machine's name, also as multicast DNS has it (RFC 6762, 3). None of them can be made to point here by somebody else.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class OwnNames {

    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private final OwnPorts ports;
    private final Optional<String> machine;

    OwnNames(OwnPorts ports) {
        this(ports, machine());
    }

    /** @param machine the machine's name, in lower case */
    OwnNames(OwnPorts ports, Optional<String> machine) {
        this.ports = ports;
        this.machine = machine;
    }

    /**
     * Tells whether the gateway goes by a name.
     *
     * @param name as in the header {@code Host}, in lower case and without a port
     * @param address the address that the client has come to
     */
    boolean include(String name, String address) {
        return ports.areForOthers()
                && (isAddress(name, address)
                        || ports.isHost(name)
                        || machine.filter(own -> name.equals(own) || name.equals(own + ".local"))
                                .isPresent());
    }

    /** An address of IPv6 can be written in many ways; one in brackets is never looked up. */
    private static boolean isAddress(String name, String address) {
        if (!name.startsWith("[")) {
            return name.equals(address);
        }
        String literal = address.startsWith("[") ? address : '[' + address + ']';
        try {
            return InetAddress.getByName(name).equals(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Optional<String> machine() {
        try {
            return Optional.of(Files.readString(KERNEL).strip().toLowerCase(Locale.ROOT))
                    .filter(name -> !name.isEmpty());
        } catch (IOException e) {
            return Optional.empty(); // hosts.allowed is there for that
        }
    }
}
