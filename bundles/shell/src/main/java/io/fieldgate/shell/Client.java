package io.fieldgate.shell;

import org.apache.felix.service.command.CommandSession;

/**
 * Who is at the other end of a Gogo session. It stands in a variable, and what is typed can take it away but not make another one.
 *
 * @param caller who it is
 * @param passwords where a new password comes from
 */
record Client(Caller caller, PasswordSource passwords) {

    private static final String VARIABLE = ".client";

    /**
     * The client of a session.
     *
     * @throws IllegalStateException if it was taken away: what is done must be on somebody's account
     */
    static Client of(CommandSession session) {
        if (session.get(VARIABLE) instanceof Client client) {
            return client;
        }
        throw new IllegalStateException(
                "this session does not know any more who uses it, and changes nothing; open another one");
    }

    /** Tells a session who uses it. */
    void join(CommandSession session) {
        session.put(VARIABLE, this);
    }
}
