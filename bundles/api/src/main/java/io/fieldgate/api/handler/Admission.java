package io.fieldgate.api.handler;

import java.util.Objects;
import java.util.Optional;

/** A handler's answer to a request for a session. More kinds may follow. */
public sealed interface Admission {

    /**
     * The client may come in.
     *
     * @param subprotocol the subprotocol to be spoken; if empty the gateway chooses the first that the client offers and
     *     the handler declares
     */
    record Accepted(Optional<String> subprotocol) implements Admission {

        /** Refuses null. */
        public Accepted {
            Objects.requireNonNull(subprotocol, "subprotocol");
        }
    }

    /**
     * The client may not come in.
     *
     * @param status HTTP status that says why, 400 to 599
     * @param detail one line for a person
     */
    record Refused(int status, String detail) implements Admission {

        /**
         * Checks the status.
         *
         * @throws IllegalArgumentException if the status lies outside 400 to 599
         */
        public Refused {
            Objects.requireNonNull(detail, "detail");
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("a refusal has a status of 400 to 599, got " + status);
            }
        }
    }

    /**
     * Lets the client in, with the subprotocol that the gateway chooses.
     *
     * @return an acceptance
     */
    static Admission accept() {
        return new Accepted(Optional.empty());
    }

    /**
     * Lets the client in.
     *
     * @param subprotocol the subprotocol to be spoken, one of those that the client offers
     * @return an acceptance
     */
    static Admission accept(String subprotocol) {
        return new Accepted(Optional.of(subprotocol));
    }

    /**
     * Keeps the client out.
     *
     * @param status HTTP status that says why, 400 to 599
     * @param detail one line for a person
     * @return a refusal
     */
    static Admission refuse(int status, String detail) {
        return new Refused(status, detail);
    }
}
