package io.fieldgate.transport.http;

import io.fieldgate.api.security.Authenticator;
import io.fieldgate.api.security.TlsIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Says where the gateway may listen: on this machine always; elsewhere only with TLS, and if those who come can be told apart.
 * Internal to this bundle.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
@Component(service = ListenPermit.class)
public final class ListenPermit {

    private static final Duration ARRIVAL = Duration.ofSeconds(3);

    private final TlsDoor door = new TlsDoor(this::report);

    private volatile Optional<Runnable> listener = Optional.empty();
    private volatile Optional<Authenticator> authenticator = Optional.empty();

    /** Begins with nothing. */
    @Activate
    public ListenPermit() {
        // the references come one by one
    }

    /** What begins TLS connections. */
    TlsDoor door() {
        return door;
    }

    /** Says whom to call, on a thread of its own, when what was not yet possible may be now. */
    void whenChanged(Runnable whom) {
        listener = Optional.of(whom);
    }

    private void report() {
        listener.ifPresent(Runnable::run);
    }

    /**
     * Returns if the gateway may listen there now.
     *
     * @throws IOException if it may not; its message is one line that says what to do; {@link NotYet} if waiting may help
     */
    void check(Terms terms) throws IOException {
        if (!terms.place().isLoopback()) {
            checkElsewhere(terms);
        }
        if (terms.speech().isTls()) {
            door.prepare(terms.place());
        }
    }

    private void checkElsewhere(Terms terms) throws IOException {
        String place = terms.place() instanceof Address address
                ? address.host()
                : terms.place().toString();
        Optional<Authenticator> there = authenticator;
        if (there.isEmpty()) {
            throw new NotYet(
                    "listening on " + place
                            + " needs the security bundle, which is not here; listen on 127.0.0.1, ::1 or localhost",
                    ARRIVAL);
        }
        if (!terms.speech().isTls()) {
            throw new IOException(
                    "listening on " + place
                            + " needs TLS: set tls=true, or run 'fieldgate setup'; without it listen on 127.0.0.1, ::1 or localhost");
        }
        Optional<String> missing = there.get().missing();
        if (missing.isPresent()) {
            throw new IOException("cannot listen on " + place + ": " + missing.get());
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAuthenticator(Authenticator service) {
        authenticator = Optional.of(service);
    }

    void unbindAuthenticator(Authenticator service) {
        authenticator = authenticator.filter(there -> there != service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindIdentity(TlsIdentity service) {
        door.follow(service);
    }

    /** The certificate is another one. */
    void updatedIdentity(TlsIdentity service) {
        door.follow(service);
    }

    void unbindIdentity(TlsIdentity service) {
        door.forget(service);
    }
}
