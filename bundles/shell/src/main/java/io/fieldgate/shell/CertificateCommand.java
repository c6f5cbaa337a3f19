package io.fieldgate.shell;

import io.fieldgate.api.security.Audit;
import io.fieldgate.api.security.TlsIdentity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shell command {@code fg:certificate}. */
@Component(service = CertificateCommand.class)
@GogoCommand(scope = "fg", function = "certificate")
public final class CertificateCommand {

    private static final String CERTIFICATE = """
            fg:certificate [reload|make]
            Shows the certificate that the gateway proves itself with over TLS: its
            SHA-256 fingerprint, to compare with what a browser shows, and its end.
              reload  first looks at the files that etc/io.fieldgate.security.tls.cfg
                      names, which else happens every 5 s; status 1, with the reason, if
                      what they hold cannot be used: then the certificate before stays
              make    makes one if there is none yet, as the first port with TLS would;
                      that takes up to a minute on a slow device""";

    static final List<String> VERBS = List.of("reload", "make");

    private final Certificate certificate = new Certificate();
    private final Slot<Audit> audit = new Slot<>("io.fieldgate.security");

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAudit(Audit service) {
        audit.set(service);
    }

    void unbindAudit(Audit service) {
        audit.clear(service);
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

    /**
     * Shows the certificate.
     *
     * @param session who asks
     * @param arguments maybe {@code reload} or {@code make}
     * @return a line a subject
     * @throws Exception if the arguments are wrong, security is not there, or the files cannot be used
     */
    @Descriptor("show the certificate of TLS")
    public String certificate(CommandSession session, @Descriptor(CERTIFICATE) String... arguments) throws Exception {
        Screen screen = Screen.of(session);
        return Usage.of(CERTIFICATE).answer(arguments, given -> {
            TlsIdentity identity = certificate.identity().orFail();
            if (!given.operands().isEmpty()) {
                if (Verb.of(given, VERBS).name().equals("make")) {
                    return screen.fit(table(identity, identity.fingerprint()));
                }
                Deed.of(audit, session, "certificate reload").on("", () -> reload(identity));
            }
            return certificate
                    .fingerprint()
                    .map(fingerprint -> screen.fit(table(identity, fingerprint)))
                    .orElse("there is none yet; it is made when the gateway first listens with TLS");
        });
    }

    private static Boolean reload(TlsIdentity identity) {
        Optional<String> refusal = identity.reload();
        if (refusal.isPresent()) {
            throw new IllegalStateException("fg:certificate: " + refusal.get());
        }
        return true;
    }

    private static Table table(TlsIdentity identity, String fingerprint) {
        return Table.ofNames()
                .row("fingerprint", fingerprint)
                .row("ends", identity.expires())
                .row("made by", identity.selfSigned() ? "the gateway itself" : "an authority")
                .row("clients'", identity.clientCertificate().name().toLowerCase(Locale.ROOT));
    }
}
