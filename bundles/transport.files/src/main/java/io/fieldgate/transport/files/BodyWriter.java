package io.fieldgate.transport.files;

import io.fieldgate.transport.files.FileAnswer.Piece;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a body as fast as its client reads, without a thread that waits for it. It has one buffer, however large the file is.
 *
 * <p>The container calls one method at a time.
 */
final class BodyWriter implements WriteListener {

    private static final Logger LOG = LoggerFactory.getLogger(BodyWriter.class);

    /** What a body takes while it is on its way, in bytes. */
    private static final int BUFFER_BYTES = 32 * 1024;

    private final Deque<Piece> pieces;
    private final ServletOutputStream out;
    private final byte[] buffer = new byte[BUFFER_BYTES];

    private AsyncContext context;
    private InputStream in;
    private long left;

    /** Opens what comes first, so that a file that cannot be opened is known before the answer has begun. */
    BodyWriter(List<Piece> pieces, ServletOutputStream out) throws IOException {
        this.pieces = new ArrayDeque<>(pieces);
        this.out = out;
        in = InputStream.nullInputStream();
        next();
    }

    void start(HttpServletRequest request) {
        context = request.startAsync();
        context.setTimeout(0); // a client that reads nothing is the connection's time-out to end
        out.setWriteListener(this);
    }

    @Override
    public void onWritePossible() throws IOException {
        while (out.isReady()) {
            if (left == 0 && pieces.isEmpty()) {
                finish();
                return;
            }
            if (left == 0) {
                next();
            }
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new EOFException("the file has become shorter than its answer said");
            }
            left -= count;
            out.write(buffer, 0, count);
        }
    }

    /** The client has gone, or the file. The answer stays short of its length, so that the client sees that. */
    @Override
    public void onError(Throwable failure) {
        LOG.debug("a file was not sent whole", failure);
        finish();
    }

    private void next() throws IOException {
        in.close();
        Piece piece = pieces.remove();
        in = piece.opener().open(piece.offset());
        left = piece.length();
    }

    private void finish() {
        try {
            in.close();
        } catch (IOException e) {
            LOG.debug("a file was not closed", e);
        }
        context.complete();
    }
}
