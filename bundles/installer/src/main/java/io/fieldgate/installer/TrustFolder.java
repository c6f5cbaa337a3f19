package io.fieldgate.installer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificates in {@code etc/trust}, read anew when a file there has changed. Safe for use by many threads. */
final class TrustFolder {

    static final String REVOKED = "revoked.pem";

    /** Of one file. */
    static final int MAX_BYTES = 256 * 1024;

    static final int MAX_FILES = 100;

    private static final Logger LOG = LoggerFactory.getLogger(TrustFolder.class);

    private final Path folder;

    // Guarded by this.
    private Map<String, String> seen = Map.of("not", "read yet");
    private Contents contents = new Contents(List.of(), List.of(), true, Optional.empty());

    TrustFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * What the folder says.
     *
     * @param anchors certificates that are trusted
     * @param revoked certificates that are not, whatever else is said
     * @param demanded whether signatures are demanded: there is a file, or the folder cannot be read; also if no certificate could be read
     * @param broken why it is not known what is revoked, in words
     */
    record Contents(
            List<X509Certificate> anchors, List<X509Certificate> revoked, boolean demanded, Optional<String> broken) {}

    synchronized Contents contents() {
        Map<String, String> now;
        try {
            now = look();
        } catch (IOException e) {
            now = Map.of("", "cannot be listed: " + e);
        }
        if (!now.equals(seen)) {
            seen = now;
            contents = read(now);
        }
        return contents;
    }

    private Contents read(Map<String, String> files) {
        if (files.containsKey("")) {
            LOG.error("{} {}; no bundle is accepted until it can", folder, files.get(""));
            return new Contents(List.of(), List.of(), true, Optional.of(folder + " cannot be read"));
        }
        List<X509Certificate> anchors = new ArrayList<>();
        List<X509Certificate> revoked = new ArrayList<>();
        Optional<String> broken = Optional.empty();
        boolean demanded = false;
        for (String name : files.keySet()) {
            boolean isRevoked = name.equals(REVOKED);
            demanded |= !isRevoked;
            try {
                (isRevoked ? revoked : anchors).addAll(certificates(folder.resolve(name)));
            } catch (IOException | CertificateException e) {
                if (isRevoked) {
                    broken = Optional.of("etc/trust/" + REVOKED + " cannot be read, so nobody knows who is revoked");
                }
                LOG.error(
                        "etc/trust/{} cannot be used: {}; {}",
                        name,
                        e.getMessage(),
                        isRevoked
                                ? "no signed bundle is accepted until it can"
                                : "who is trusted by it alone is a stranger");
            }
        }
        LOG.debug("{} certificates are trusted, {} revoked", anchors.size(), revoked.size());
        return new Contents(List.copyOf(anchors), List.copyOf(revoked), demanded, broken);
    }

    /** Names of the files, each with what changes when it is written. */
    private Map<String, String> look() throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (Files.notExists(folder)) {
            return files;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.pem")) {
            for (Path entry : entries) {
                files.put(String.valueOf(entry.getFileName()), stamp(entry));
                if (files.size() > MAX_FILES) {
                    throw new IOException("there are more than " + MAX_FILES + " files");
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime().toString() + ' ' + attributes.size() + ' ' + attributes.fileKey();
        } catch (NoSuchFileException e) {
            return "a link to nowhere";
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static List<X509Certificate> certificates(Path file) throws IOException, CertificateException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new CertificateException("it has more than " + MAX_BYTES + " bytes");
        }
        Collection<? extends Certificate> read =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
        if (read.isEmpty()) {
            throw new CertificateException("there is no certificate in it");
        }
        return read.stream().map(X509Certificate.class::cast).toList();
    }
}
