package io.fieldgate.transport.websocket;

import io.fieldgate.api.data.CloseReason;

/** The client sent what it may not send. It has no stack trace: it is about the client, and clients may be many. */
final class ProtocolBreach extends Exception {

    private static final long serialVersionUID = 1L;

    private final int code;

    ProtocolBreach(int code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    /** What the client is told. */
    CloseReason reason() {
        return new CloseReason(code, getMessage());
    }
}
