package io.fieldgate.transport.websocket;

import io.fieldgate.api.gateway.SocketHost;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Turns a 404 into a 426 (RFC 9110, 15.5.22) where a handler of WebSockets serves the path. As it changes an answer that is
 * there already, whatever page or servlet is at the path goes first.
 */
final class UpgradeHint extends HttpServletResponseWrapper {

    private static final String DETAIL = "this is the path of a WebSocket, and no page: ask for it with an upgrade";

    private final HttpServletResponse response;
    private final SocketHost host;
    private final String path;

    UpgradeHint(HttpServletResponse response, SocketHost host, String path) {
        super(response);
        this.response = response;
        this.host = host;
        this.path = path;
    }

    @Override
    public void sendError(int status) throws IOException {
        if (!isHinted(status)) {
            super.sendError(status);
        }
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (!isHinted(status)) {
            super.sendError(status, message);
        }
    }

    private boolean isHinted(int status) throws IOException {
        boolean hinted = status == HttpStatus.NOT_FOUND_404 && !response.isCommitted() && host.serves(path);
        if (hinted) {
            response.resetBuffer();
            Refusal.upgradeRequired(DETAIL).send(response);
        }
        return hinted;
    }
}
