package io.fieldgate.installer;

import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a request, as the installer reads it: makes the digests that the client has given, and remembers whether it was the client that failed.
 *
 * <p><b>Threading.</b> Used by one thread at a time.
 */
final class UploadStream extends InputStream {

    private final InputStream body;
    private final ContentDigest digest;
    private boolean broken;

    /**
     * Begins at the body's begin.
     *
     * @param body the body; it is not closed
     */
    UploadStream(InputStream body, ContentDigest digest) {
        this.body = body;
        this.digest = digest;
    }

    /**
     * Compares the digests, when all has come. To be called once.
     *
     * @throws HttpProblem if it is not what was sent
     */
    void check() throws HttpProblem {
        digest.check();
    }

    /** Tells whether the body has ended before its end. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
        try {
            int count = body.read(bytes, from, most);
            if (count > 0) {
                digest.update(bytes, from, count);
            }
            return count;
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }
}
