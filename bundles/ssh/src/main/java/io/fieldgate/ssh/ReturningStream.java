package io.fieldgate.ssh;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Puts a carriage return before each line feed that has none, as a terminal's driver would. */
final class ReturningStream extends FilterOutputStream {

    private byte last;

    ReturningStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int begin = offset;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n' && last != '\r') {
                out.write(bytes, begin, i - begin);
                out.write('\r');
                begin = i;
            }
            last = bytes[i];
        }
        out.write(bytes, begin, offset + length - begin);
    }
}
