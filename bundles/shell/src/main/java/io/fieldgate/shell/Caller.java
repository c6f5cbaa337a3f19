package io.fieldgate.shell;

import io.fieldgate.api.data.Role;

/**
 * For whom a client of the local socket speaks.
 *
 * @param role what it may do
 * @param name who it is, for the audit log
 * @param address where it is: an IP address, or empty on this machine
 */
record Caller(Role role, String name, String address) {

    /** Who can enter the socket's folder is the user that runs the gateway, and may do everything. */
    static final Caller LOCAL = new Caller(Role.ADMIN, "shell", "");

    /** Whether there is anything that it may not do. */
    boolean restricted() {
        return role != Role.ADMIN;
    }
}
