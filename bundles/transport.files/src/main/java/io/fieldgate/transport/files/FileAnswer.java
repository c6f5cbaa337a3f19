package io.fieldgate.transport.files;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Answers one request with a file, or a part of it, or the news that the client has it. */
final class FileAnswer {

    /** A body up to this size lies in the answer's buffer and leaves without a thread that waits, in bytes. */
    private static final int BUFFERED_MAX_BYTES = 8 * 1024;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Hit.File file;
    private final Content content;
    private final String type;

    FileAnswer(HttpServletRequest request, HttpServletResponse response, Hit.File file) {
        this.request = request;
        this.response = response;
        this.file = file;
        content = file.content();
        type = file.settings().types().of(file.name());
    }

    void send() throws IOException {
        Preconditions preconditions = new Preconditions(request, content);
        if (preconditions.haveFailed()) {
            Problem.PRECONDITION.send(response);
            return;
        }
        describe();
        if (preconditions.clientHasIt()) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        Optional<Ranges> ranges = ranges(preconditions);
        if (ranges.isEmpty()) {
            sendAll();
        } else if (ranges.get().parts().isEmpty()) {
            refuse();
        } else if (ranges.get().parts().size() == 1) {
            sendPart(ranges.get().parts().get(0));
        } else {
            sendParts(ranges.get().parts());
        }
    }

    /** What is true of the file whatever the status is (RFC 9110, 15.4.5). */
    private void describe() {
        file.settings().headers().forEach(response::setHeader);
        if (!file.settings().headers().containsKey("Cache-Control")) {
            response.setHeader("Cache-Control", file.settings().caching().control(file.name()));
        }
        response.setHeader("ETag", content.tag().toString());
        if (file.varies()) {
            response.addHeader("Vary", "Accept-Encoding");
        }
        content.modified().ifPresent(date -> response.setHeader("Last-Modified", HttpDate.text(date)));
    }

    /** Ranges mean something for GET alone (RFC 9110, 14.2). */
    private Optional<Ranges> ranges(Preconditions preconditions) {
        String header = request.getHeader("Range");
        return header != null && request.getMethod().equals("GET") && preconditions.mayBeARange()
                ? Ranges.of(header, content.size())
                : Optional.empty();
    }

    private void sendAll() throws IOException {
        response.setHeader("Accept-Ranges", "bytes");
        begin(HttpServletResponse.SC_OK, type, content.size());
        if (request.getMethod().equals("GET")) {
            write(List.of(Piece.of(content, 0, content.size())), content.size());
        }
    }

    private void sendPart(Ranges.Part part) throws IOException {
        response.setHeader("Content-Range", part.contentRange(content.size()));
        begin(HttpServletResponse.SC_PARTIAL_CONTENT, type, part.length());
        write(List.of(Piece.of(content, part.offset(), part.length())), part.length());
    }

    /** A body of several parts (RFC 9110, 14.6). */
    private void sendParts(List<Ranges.Part> parts) throws IOException {
        String boundary =
                "fieldgate-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
        List<Piece> pieces = new ArrayList<>();
        for (Ranges.Part part : parts) {
            pieces.add(Piece.of("\r\n--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-Range: "
                    + part.contentRange(content.size()) + "\r\n\r\n"));
            pieces.add(Piece.of(content, part.offset(), part.length()));
        }
        pieces.add(Piece.of("\r\n--" + boundary + "--\r\n"));
        long length = pieces.stream().mapToLong(Piece::length).sum();
        begin(HttpServletResponse.SC_PARTIAL_CONTENT, "multipart/byteranges; boundary=" + boundary, length);
        write(pieces, length);
    }

    /** RFC 9110, 15.5.17. */
    private void refuse() throws IOException {
        response.setHeader("Content-Range", "bytes */" + content.size());
        Problem.RANGE.send(response);
    }

    private void begin(int status, String contentType, long length) {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLengthLong(length);
        file.encoding().ifPresent(encoding -> response.setHeader("Content-Encoding", encoding.token()));
    }

    private void write(List<Piece> pieces, long length) throws IOException {
        if (content.bytes().isPresent() && length <= BUFFERED_MAX_BYTES) {
            for (Piece piece : pieces) {
                piece.opener().open(piece.offset()).transferTo(response.getOutputStream());
            }
        } else {
            new BodyWriter(pieces, response.getOutputStream()).start(request);
        }
    }

    /**
     * A stretch of the body.
     *
     * @param opener where it is
     * @param offset where it begins there
     * @param length in bytes
     */
    record Piece(Content.Opener opener, long offset, long length) {

        static Piece of(Content content, long offset, long length) {
            return content.bytes().isPresent()
                    ? of(content.bytes().get(), (int) offset, (int) length)
                    : new Piece(content.opener(), offset, length);
        }

        static Piece of(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            return of(bytes, 0, bytes.length);
        }

        private static Piece of(byte[] bytes, int begin, int length) {
            return new Piece(at -> new ByteArrayInputStream(bytes, (int) at, length), begin, length);
        }
    }
}
