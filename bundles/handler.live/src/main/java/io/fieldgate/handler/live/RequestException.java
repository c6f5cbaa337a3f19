package io.fieldgate.handler.live;

/** A request that cannot be done as it stands. */
final class RequestException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The codes that are not those of a {@link io.fieldgate.api.gateway.PointException}. */
    static final String MALFORMED = "malformed";

    static final String UNKNOWN_OP = "unknown-op";
    static final String BAD_REQUEST = "bad-request";
    static final String INTERRUPTED = "interrupted";

    private final String id;
    private final String code;

    /**
     * Creates the exception.
     *
     * @param id the id of the request as JSON, {@code null} if none could be read
     * @param code what is wrong, for a program
     * @param detail what is wrong and what is allowed, for a person
     */
    RequestException(String id, String code, String detail) {
        super(detail);
        this.id = id;
        this.code = code;
    }

    String id() {
        return id;
    }

    String code() {
        return code;
    }
}
