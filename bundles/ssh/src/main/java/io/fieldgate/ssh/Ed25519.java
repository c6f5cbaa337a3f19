package io.fieldgate.ssh;

import java.util.Map;
import java.util.Set;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.signature.AbstractSignature;
import org.apache.sshd.common.signature.Signature;

/** Checks the signature of an Ed25519 key (RFC 8709, 6) with what Java has. */
final class Ed25519 extends AbstractSignature {

    private static final int SIGNATURE_BYTES = 64;

    /** Makes them, under the name that clients ask for. */
    static final NamedFactory<Signature> FACTORY = new NamedFactory<>() {
        @Override
        public String getName() {
            return WireKey.ED25519;
        }

        @Override
        public Signature create() {
            return new Ed25519();
        }
    };

    private Ed25519() {
        super("Ed25519", WireKey.ED25519);
    }

    @Override
    public boolean verify(SessionContext session, byte[] signature) throws Exception {
        Map.Entry<String, byte[]> encoded = extractEncodedSignature(signature, Set.of(WireKey.ED25519));
        // Java throws for one of another length; to the client it is as wrong as any other.
        return encoded != null && encoded.getValue().length == SIGNATURE_BYTES && doVerify(encoded.getValue());
    }
}
