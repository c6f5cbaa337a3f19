package io.fieldgate.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM file (RFC 7468).
 *
 * @param path where it lies
 * @param blocks what it has, in order
 */
record PemFile(Path path, List<Block> blocks) {

    /** No chain and no key is anywhere near this. */
    private static final long MAX_BYTES = 256 * 1024;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*+)-----END \\1-----", Pattern.DOTALL);

    /**
     * One block.
     *
     * @param label what it says it is
     * @param encrypted whether it is the traditional form with a password
     * @param base64 its content
     */
    record Block(String label, boolean encrypted, String base64) {

        byte[] der() {
            return Base64.getMimeDecoder().decode(base64);
        }

        /** Says nothing of the content, which may be a key. */
        @Override
        public String toString() {
            return label;
        }
    }

    /**
     * Reads a file.
     *
     * @throws CertificateRefused if it cannot be read, or has no such block
     */
    static PemFile read(Path path) throws CertificateRefused {
        String text = text(path);
        List<Block> blocks = new ArrayList<>();
        Matcher found = BLOCK.matcher(text);
        while (found.find()) {
            String body = found.group(2);
            boolean encrypted = body.contains("ENCRYPTED") && body.contains("Proc-Type");
            blocks.add(new Block(found.group(1), encrypted, encrypted ? "" : checked(path, body)));
        }
        if (blocks.isEmpty()) {
            throw new CertificateRefused(path + " is no PEM file: it has no line -----BEGIN …-----");
        }
        return new PemFile(path, blocks);
    }

    /**
     * The certificates in the file.
     *
     * @return at least one
     * @throws CertificateRefused if there is none, or one is broken
     */
    List<X509Certificate> certificates() throws CertificateRefused {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : blocks) {
                if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
                    certificates.add(
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
                }
            }
        } catch (CertificateException e) {
            throw new CertificateRefused(path + " has a certificate that is broken", e);
        }
        if (certificates.isEmpty()) {
            throw new CertificateRefused(
                    path + " has no certificate, but this: " + blocks.get(0).label());
        }
        return certificates;
    }

    private static String text(Path path) throws CertificateRefused {
        try {
            if (!Files.isRegularFile(path)) {
                throw new CertificateRefused("there is no file " + path);
            }
            if (Files.size(path) > MAX_BYTES) {
                throw new CertificateRefused(path + " is larger than " + MAX_BYTES + " bytes");
            }
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new CertificateRefused(path + " cannot be read by the user who runs the gateway", e);
        }
    }

    private static String checked(Path path, String body) throws CertificateRefused {
        try {
            Base64.getMimeDecoder().decode(body);
            return body;
        } catch (IllegalArgumentException e) {
            throw new CertificateRefused(path + " has a block that is no Base64", e);
        }
    }
}
