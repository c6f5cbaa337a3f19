package io.fieldgate.shell;

import io.fieldgate.api.gateway.ConfigurationFile;
import io.fieldgate.api.gateway.Configurations;
import io.fieldgate.api.security.Authenticator;
import io.fieldgate.api.security.TlsIdentity;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** What {@code fg:status} says of security and of the configuration. Safe for use by many threads. */
@Component(service = SecurityStatus.class)
public final class SecurityStatus {

    private final Slot<Authenticator> authenticator = new Slot<>("io.fieldgate.security");
    private final Certificate certificate = new Certificate();
    private final Slot<Configurations> configurations = new Slot<>("io.fieldgate.config");
    private final Clock clock;

    /** Made by the framework. */
    @Activate
    public SecurityStatus() {
        this(Clock.systemUTC());
    }

    SecurityStatus(Clock clock) {
        this.clock = clock;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAuthenticator(Authenticator service) {
        authenticator.set(service);
    }

    void unbindAuthenticator(Authenticator service) {
        authenticator.clear(service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindIdentity(TlsIdentity service, Map<String, Object> properties) {
        certificate.set(service, properties);
    }

    void updatedIdentity(TlsIdentity service, Map<String, Object> properties) {
        certificate.update(properties);
    }

    void unbindIdentity(TlsIdentity service) {
        certificate.clear(service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindConfigurations(Configurations service) {
        configurations.set(service);
    }

    void unbindConfigurations(Configurations service) {
        configurations.clear(service);
    }

    /** Adds a line a subject. */
    Table addTo(Table table) {
        return table.row("others", others())
                .row("tls", certificate())
                .row(
                        "etc",
                        configurations.get().map(SecurityStatus::files).orElse("unknown: " + configurations.missing()));
    }

    private String others() {
        return authenticator
                .get()
                .map(known -> known.missing()
                        .map(missing -> "only this machine may be served: " + missing)
                        .orElse("other machines may be served, over TLS"))
                .orElse("only this machine may be served: " + authenticator.missing());
    }

    private String certificate() {
        Optional<TlsIdentity> known = certificate.identity().get();
        if (known.isEmpty()) {
            return "none: " + certificate.identity().missing();
        }
        return certificate
                .fingerprint()
                .map(fingerprint -> certificate(known.get(), fingerprint))
                .orElse("none yet; it is made when the gateway first listens with TLS");
    }

    private String certificate(TlsIdentity known, String fingerprint) {
        return (known.selfSigned() ? "self-signed, " : "")
                + (clock.instant().isBefore(known.expires()) ? "ends " : "HAS ENDED ")
                + known.expires()
                + ", SHA-256 "
                + fingerprint;
    }

    /** Those alone that a person should look at. */
    private static String files(Configurations service) {
        List<ConfigurationFile> files = service.files();
        String odd = files.stream()
                .filter(file -> file.state() == ConfigurationFile.State.REFUSED
                        || file.state() == ConfigurationFile.State.UNCONFIRMED)
                .map(file -> file.name() + ' ' + file.state().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return odd.isEmpty() ? "no file is refused" : odd + "; fg:config list says more";
    }
}
