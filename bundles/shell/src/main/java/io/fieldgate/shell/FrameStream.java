package io.fieldgate.shell;

import java.io.IOException;
import java.io.OutputStream;

/** Sends what is written to it as frames of one type, by the line or by 8 KiB. */
final class FrameStream extends OutputStream {

    private static final int SIZE = 8 * 1024;

    private final Frames frames;
    private final char type;
    private final Runnable whenBroken;
    private final byte[] buffer = new byte[SIZE];
    private int used;

    /**
     * Makes a stream.
     *
     * @param frames where to
     * @param type the type of the frames
     * @param whenBroken is run when the client has gone: the print stream above keeps that to itself
     */
    FrameStream(Frames frames, char type, Runnable whenBroken) {
        this.frames = frames;
        this.type = type;
        this.whenBroken = whenBroken;
    }

    @Override
    public synchronized void write(int octet) throws IOException {
        buffer[used] = (byte) octet;
        used++;
        if (used == SIZE) {
            flush();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, SIZE - used);
            System.arraycopy(bytes, offset + done, buffer, used, part);
            used += part;
            done += part;
            if (used == SIZE) {
                flush();
            }
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        if (used == 0) {
            return;
        }
        int length = used;
        used = 0;
        try {
            frames.send(type, buffer, 0, length);
        } catch (IOException e) {
            whenBroken.run();
            throw e;
        }
    }
}
