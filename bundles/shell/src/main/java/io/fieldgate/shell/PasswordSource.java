package io.fieldgate.shell;

import java.io.IOException;
import java.util.Optional;

/** Where a new password comes from; never from the text of a command. */
interface PasswordSource {

    /**
     * Gets a new password, and waits for the person who types it if there is one.
     *
     * @param user whose it will be, for the question
     * @throws IllegalArgumentException if it was typed in two ways
     * @throws IllegalStateException if nobody can be asked, or whoever was asked has broken off
     */
    Secret next(String user) throws IOException;

    /** The one that came with a command, if one did. */
    static PasswordSource of(Optional<Secret> given) {
        return user -> given.orElseThrow(() -> new IllegalStateException(
                "fg:passwd: nobody can be asked for a password here; call it in an interactive shell, or run"
                        + " 'fieldgate passwd' on the gateway's machine"));
    }
}
