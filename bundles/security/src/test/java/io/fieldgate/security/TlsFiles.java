package io.fieldgate.security;

import io.fieldgate.api.security.TlsIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;

/** Certificates in files, for tests; keytool makes them. */
final class TlsFiles {

    private TlsFiles() {}

    /** Makes a pair, and writes it to {@code NAME.crt} and {@code NAME.key}. */
    static CertificateFiles make(Path folder, String name, Clock clock) throws IOException, CertificateRefused {
        CertificatePair pair = new SelfSignedStore(folder.resolve(name), new SelfSignedTool(), clock).get();
        return write(folder, name, pair);
    }

    static CertificateFiles write(Path folder, String name, CertificatePair pair) throws IOException {
        CertificateFiles files = new CertificateFiles(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
        Files.writeString(files.key(), pem("PRIVATE KEY", pair.key().getEncoded()));
        try {
            Files.writeString(
                    files.certificate(), pem("CERTIFICATE", pair.chain().get(0).getEncoded()));
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IOException(e);
        }
        return files;
    }

    static TlsSettings settings(CertificateFiles files) {
        return new TlsSettings(Optional.of(files), TlsIdentity.ClientCertificate.NONE, Optional.empty());
    }

    static String pem(String label, byte[] der) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }
}
