package io.fieldgate.security;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a small body without holding a thread, however slowly it comes. */
final class BodyReader implements ReadListener {

    private final ServletInputStream in;
    private final int maxBytes;
    private final Consumer<Optional<byte[]>> whole;
    private final Runnable gone;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(256);
    private boolean tooLong;

    /**
     * Reads from a request that is asynchronous.
     *
     * @param in where it comes from
     * @param maxBytes how long it may be
     * @param whole gets it, or empty if it is longer
     * @param gone runs if the client goes before its end
     */
    BodyReader(ServletInputStream in, int maxBytes, Consumer<Optional<byte[]>> whole, Runnable gone) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.whole = whole;
        this.gone = gone;
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] chunk = new byte[1024];
        while (!tooLong && in.isReady() && !in.isFinished()) {
            int read = in.read(chunk);
            if (read < 0) {
                return;
            }
            body.write(chunk, 0, read);
            if (body.size() > maxBytes) {
                tooLong = true;
                whole.accept(Optional.empty());
            }
        }
    }

    @Override
    public void onAllDataRead() {
        if (!tooLong) {
            whole.accept(Optional.of(body.toByteArray()));
        }
    }

    @Override
    public void onError(Throwable failure) {
        gone.run();
    }
}
