package io.fieldgate.benchmark.load;

/** What the clients of a {@link Load} speak. */
public enum Protocol {
    /** WebSocket without extensions. */
    WEB_SOCKET {
        @Override
        Dialect dialect(int port, String path, String subprotocol) {
            return new WebSocketDialect(new Handshake(port, path, Handshake.subprotocol(subprotocol)));
        }
    },

    /** WebSocket with permessage-deflate, without context takeover on either side. */
    DEFLATE {
        @Override
        Dialect dialect(int port, String path, String subprotocol) {
            return new DeflateDialect(port, path);
        }
    },

    /** Socket.IO on Engine.IO 4, by WebSocket from the start. */
    SOCKET_IO {
        @Override
        Dialect dialect(int port, String path, String subprotocol) {
            return new SocketIoDialect(port, path);
        }
    },

    /** TCP, a line for a message. */
    TCP {
        @Override
        Dialect dialect(int port, String path, String subprotocol) {
            return new LineDialect();
        }
    },

    /** HTTP/1.1 with persistent connections; a message to the server is a request for the page of the path, one from it is the page. */
    HTTP {
        @Override
        Dialect dialect(int port, String path, String subprotocol) {
            return new HttpDialect(port, path);
        }
    };

    /**
     * Makes what the clients of one path share.
     *
     * @param port the server's port on the loopback address
     * @param path the path they ask for, where the protocol has paths
     * @param subprotocol the subprotocol of WebSocket that they offer, or empty for none
     */
    abstract Dialect dialect(int port, String path, String subprotocol);
}
