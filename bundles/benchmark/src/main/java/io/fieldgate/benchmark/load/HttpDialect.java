package io.fieldgate.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP/1.1 (RFC 9112) with persistent connections: requests for one page, answers that say how long they are. */
final class HttpDialect implements Dialect {

    private static final byte[] END = {'\r', '\n', '\r', '\n'};
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d{1,7})\r\n");

    private final ByteBuffer request;

    HttpDialect(int port, String path) {
        String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
        request = ByteBuffer.allocateDirect(head.length())
                .put(head.getBytes(StandardCharsets.US_ASCII))
                .flip();
    }

    @Override
    public ByteBuffer request() {
        return ByteBuffer.allocate(0);
    }

    @Override
    public boolean takeAnswer(Client client, ByteBuffer in) {
        return true;
    }

    @Override
    public boolean take(Client client, ByteBuffer in) throws IOException {
        int body = endOfHead(in);
        if (body < 0) {
            return false;
        }
        String head = StandardCharsets.ISO_8859_1
                .decode(in.slice(in.position(), body - in.position()))
                .toString();
        Matcher length = LENGTH.matcher(head);
        if (!head.startsWith("HTTP/1.1 200 ") || !length.find()) {
            throw new LoadException("a page was answered with "
                    + head.lines().findFirst().orElse("") + ", or without a Content-Length");
        }
        int end = body + Integer.parseInt(length.group(1));
        if (end > in.limit()) {
            return false;
        }
        int limit = in.limit();
        in.position(body).limit(end);
        client.deliver(in);
        in.limit(limit).position(end);
        return true;
    }

    /** {@inheritDoc} The text is of no account. */
    @Override
    public ByteBuffer message(byte[] text) {
        return request.duplicate();
    }

    private static int endOfHead(ByteBuffer in) {
        for (int i = in.position(); i <= in.limit() - END.length; i++) {
            if (in.get(i) == END[0] && in.get(i + 1) == END[1] && in.get(i + 2) == END[2] && in.get(i + 3) == END[3]) {
                return i + END.length;
            }
        }
        return -1;
    }
}
