package io.fieldgate.ssh;

import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.session.ServerSession;

/** The method {@code publickey} (RFC 4252, 7), for Ed25519 keys too. */
final class KeyLogin extends UserAuthPublicKey {

    /** Makes one for each connection. */
    static final class Factory extends UserAuthPublicKeyFactory {

        @Override
        public UserAuthPublicKey createUserAuth(ServerSession session) {
            return new KeyLogin(getSignatureFactories());
        }
    }

    private KeyLogin(List<NamedFactory<Signature>> signatures) {
        super(signatures);
    }

    @Override
    public Boolean doAuth(Buffer request, boolean first) throws Exception {
        return super.doAuth(new WireKey.Buffer(request.array(), request.rpos(), request.available()), first);
    }
}
