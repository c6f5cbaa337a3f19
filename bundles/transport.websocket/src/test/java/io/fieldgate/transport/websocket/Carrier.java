package io.fieldgate.transport.websocket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;

/** What the bytes of a connection go through. */
enum Carrier {
    PLAIN {
        @Override
        TestServer server(Settings settings) {
            return new TestServer(settings, 0);
        }

        @Override
        TestClient client(int port) throws IOException {
            return new TestClient(port);
        }
    },

    TLS {
        @Override
        TestServer server(Settings settings) {
            HttpConfiguration http = new HttpConfiguration();
            http.addCustomizer(new SecureRequestCustomizer(false));
            return new TestServer(
                    settings,
                    0,
                    new SslConnectionFactory(Known.CERTIFICATE.forServer(), "http/1.1"),
                    new HttpConnectionFactory(http));
        }

        @Override
        TestClient client(int port) throws IOException {
            Socket socket = Known.CLIENTS.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
            return new TestClient(socket);
        }
    };

    /** Made once, and only if it is needed. */
    private static final class Known {

        static final TestCertificate CERTIFICATE;
        static final SSLContext CLIENTS;

        static {
            try {
                CERTIFICATE = TestCertificate.make();
                CLIENTS = CERTIFICATE.forClients();
            } catch (IOException | GeneralSecurityException e) {
                throw new ExceptionInInitializerError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    abstract TestServer server(Settings settings);

    abstract TestClient client(int port) throws IOException;
}
