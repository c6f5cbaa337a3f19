package io.fieldgate.security;

import io.fieldgate.api.security.TlsIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the configuration says of TLS, checked; the files themselves are not.
 *
 * @param source where the certificate comes from; empty if the gateway makes it
 * @param client whether clients are asked for a certificate
 * @param authorities file with those who vouch for clients; empty if they are not asked
 */
record TlsSettings(
        Optional<CertificateSource> source, TlsIdentity.ClientCertificate client, Optional<Path> authorities) {

    /**
     * Reads a configuration.
     *
     * @param etc what relative paths begin from
     * @throws IllegalArgumentException if it cannot be followed; it names the keys
     */
    static TlsSettings of(TlsCertificates.Config config, Path etc) {
        TlsIdentity.ClientCertificate client = client(config.client_certificates());
        Optional<Path> authorities = path(etc, config.client_ca());
        if (client != TlsIdentity.ClientCertificate.NONE && authorities.isEmpty()) {
            throw new IllegalArgumentException("client.certificates=" + config.client_certificates()
                    + " needs client.ca, a PEM file with the authorities that vouch for clients");
        }
        return new TlsSettings(source(config, etc), client, authorities);
    }

    /** The files that matter. */
    List<Path> files() {
        List<Path> files = new ArrayList<>(source.map(CertificateSource::files).orElse(List.of()));
        authorities.ifPresent(files::add);
        return files;
    }

    private static Optional<CertificateSource> source(TlsCertificates.Config config, Path etc) {
        Optional<Path> certificate = path(etc, config.certificate());
        Optional<Path> key = path(etc, config.key());
        Optional<Path> store = path(etc, config.store());
        Optional<Path> password = path(etc, config.store_password_file());
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("certificate and key must both be given, certificate is \""
                    + config.certificate() + "\", key is \"" + config.key() + '"');
        }
        if (store.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException("store and store.password.file must both be given, store is \""
                    + config.store() + "\", store.password.file is \"" + config.store_password_file() + '"');
        }
        if (certificate.isPresent() && store.isPresent()) {
            throw new IllegalArgumentException("either certificate or store must be given, certificate is \""
                    + config.certificate() + "\", store is \"" + config.store() + '"');
        }
        if (certificate.isPresent()) {
            return Optional.of(new CertificateFiles(certificate.get(), key.get()));
        }
        return store.map(file -> new CertificateStore(file, password.get()));
    }

    private static Optional<Path> path(Path etc, String text) {
        String path = text.strip();
        return path.isEmpty() ? Optional.empty() : Optional.of(etc.resolve(path).normalize());
    }

    private static TlsIdentity.ClientCertificate client(String text) {
        for (TlsIdentity.ClientCertificate one : TlsIdentity.ClientCertificate.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(text.strip())) {
                return one;
            }
        }
        throw new IllegalArgumentException("client.certificates must be none, wanted or needed, is \"" + text + '"');
    }
}
