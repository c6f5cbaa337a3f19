package io.fieldgate.shell;

import io.fieldgate.api.security.TlsIdentity;
import java.util.Map;
import java.util.Optional;

/**
 * The certificate of TLS, for those who only want to show it: the service would make one if it was asked while there is none, which
 * takes seconds, so what it says of itself counts. Safe for use by many threads.
 */
final class Certificate {

    private final Slot<TlsIdentity> identity = new Slot<>("io.fieldgate.security");
    private volatile String fingerprint = "";

    void set(TlsIdentity arrived, Map<String, Object> properties) {
        identity.set(arrived);
        update(properties);
    }

    void update(Map<String, Object> properties) {
        fingerprint = String.valueOf(properties.getOrDefault(TlsIdentity.FINGERPRINT, ""));
    }

    void clear(TlsIdentity departed) {
        identity.clear(departed);
    }

    /** The service, whether it has a certificate or not. */
    Slot<TlsIdentity> identity() {
        return identity;
    }

    /** The fingerprint, or empty if there is no certificate yet. */
    Optional<String> fingerprint() {
        return Optional.of(fingerprint).filter(text -> !text.isEmpty());
    }
}
