package io.fieldgate.security;

import java.nio.file.Path;
import java.util.List;

/** Where a certificate and its key come from: files of somebody else. */
sealed interface CertificateSource permits CertificateFiles, CertificateStore {

    /**
     * Reads them, and checks that they belong together.
     *
     * @throws CertificateRefused if they cannot be used
     */
    CertificatePair read() throws CertificateRefused;

    /** The files that matter. */
    List<Path> files();

    /** Those of them that nobody else should be able to read. */
    Path secret();
}
