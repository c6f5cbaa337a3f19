package io.fieldgate.transport.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The number by which the client of an address counts. An address of IPv6 counts with all others of its /64, which is what a single customer
 * or machine has to choose from (RFC 6177, RFC 7421).
 */
final class ClientKey {

    /** No client has an address that begins so: it is one of multicast. */
    private static final long FOUR = 0xFFFF_0000_0000_0000L;

    /** Those of whom a proxy does not know who they are. */
    static final long UNKNOWN = FOUR | 0x1_0000_0000L;

    /** Those at a Unix domain socket. */
    static final long UNIX = FOUR | 0x2_0000_0000L;

    private ClientKey() {}

    static long of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet6Address ? bytes.getLong() : FOUR | (bytes.getInt() & 0xFFFF_FFFFL);
    }
}
