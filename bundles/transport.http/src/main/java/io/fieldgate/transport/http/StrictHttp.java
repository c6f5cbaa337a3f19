package io.fieldgate.transport.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/** HTTP/1.1 of Jetty's, with chunks as the standard has them ({@link ChunkFraming}). */
final class StrictHttp extends HttpConnectionFactory {

    StrictHttp(HttpConfiguration configuration) {
        super(configuration);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        HttpConnection connection = new StrictConnection(getHttpConfiguration(), connector, endPoint);
        connection.setUseInputDirectByteBuffers(isUseInputDirectByteBuffers());
        connection.setUseOutputDirectByteBuffers(isUseOutputDirectByteBuffers());
        return configure(connection, connector, endPoint);
    }

    private static final class StrictConnection extends HttpConnection {

        /** Set while the constructor of the superclass runs, so it must have no initial value here. */
        private HttpParser.RequestHandler handler;

        StrictConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
            super(configuration, connector, endPoint);
        }

        @Override
        protected HttpConnection.RequestHandler newRequestHandler() {
            HttpConnection.RequestHandler made = super.newRequestHandler();
            handler = made;
            return made;
        }

        @Override
        protected HttpParser newHttpParser(HttpCompliance compliance) {
            HttpConfiguration configuration = getHttpConfiguration();
            HttpParser parser = new StrictParser(handler, configuration.getRequestHeaderSize(), compliance);
            parser.setHeaderCacheSize(configuration.getHeaderCacheSize());
            parser.setHeaderCacheCaseSensitive(configuration.isHeaderCacheCaseSensitive());
            return parser;
        }
    }

    private static final class StrictParser extends HttpParser {

        /** Null until a body comes in chunks. */
        private ChunkFraming framing;

        StrictParser(HttpParser.RequestHandler handler, int maxHeaderBytes, HttpCompliance compliance) {
            super(handler, maxHeaderBytes, compliance);
        }

        @Override
        protected boolean parseContent(ByteBuffer buffer) {
            if (!isChunking()) {
                return super.parseContent(buffer);
            }
            if (framing == null) {
                framing = new ChunkFraming();
            }
            framing.look(buffer);
            int from = buffer.position();
            boolean handled = super.parseContent(buffer);
            // A callback may have made ready for the next request.
            if (framing != null) {
                framing.taken(buffer.position() - from);
            }
            return handled;
        }

        @Override
        public void reset() {
            super.reset();
            framing = null;
        }
    }
}
