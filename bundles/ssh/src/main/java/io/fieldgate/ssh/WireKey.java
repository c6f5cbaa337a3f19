package io.fieldgate.ssh;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * Public keys as they travel (RFC 4253, 6.6; RFC 5656, 3.1; RFC 8709, 4). The library reads Ed25519 keys only with a further
 * library, though Java has had them since 15: they are read here, and all others there.
 */
final class WireKey {

    static final String ED25519 = "ssh-ed25519";

    private static final int RSA_MIN_BITS = 2048;
    private static final int ED25519_BYTES = 32;

    /** What stands before the 32 bytes of a key in X.509 (RFC 8410, 4). */
    private static final byte[] X509_PREFIX = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    private WireKey() {}

    /** A buffer of the library's that can read an Ed25519 key too. */
    static final class Buffer extends ByteArrayBuffer {

        /**
         * Makes a buffer over bytes, without a copy.
         *
         * @param bytes the array
         * @param offset where what is to be read begins
         * @param length how much it is
         */
        Buffer(byte[] bytes, int offset, int length) {
            super(bytes, offset, length);
        }

        @Override
        public PublicKey getRawPublicKey() throws SshException {
            int begin = rpos();
            if (!ED25519.equals(getString())) {
                rpos(begin);
                return super.getRawPublicKey();
            }
            try {
                return ed25519(getBytes());
            } catch (GeneralSecurityException e) {
                throw new SshException(e);
            }
        }
    }

    /**
     * Reads a key.
     *
     * @param bytes the whole key and nothing behind it
     * @throws IllegalArgumentException if it is none that can log in, with a reason that follows on "it is"
     */
    static PublicKey read(byte[] bytes) {
        PublicKey key;
        Buffer buffer = new Buffer(bytes, 0, bytes.length);
        try {
            key = buffer.getRawPublicKey();
        } catch (SshException | RuntimeException e) {
            throw new IllegalArgumentException("broken", e);
        }
        if (buffer.available() > 0) {
            throw new IllegalArgumentException("broken: there is more than a key");
        }
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < RSA_MIN_BITS) {
            throw new IllegalArgumentException("too short: an RSA key has at least " + RSA_MIN_BITS + " bits, this one "
                    + rsa.getModulus().bitLength());
        }
        if (!(key instanceof RSAPublicKey || key instanceof ECPublicKey || key instanceof EdECPublicKey)) {
            throw new IllegalArgumentException("of a type that cannot be used here");
        }
        return key;
    }

    /** The fingerprint that {@code ssh-keygen -l} shows. */
    static String fingerprint(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(key));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] bytes(PublicKey key) {
        ByteArrayBuffer buffer = new ByteArrayBuffer();
        if (key instanceof EdECPublicKey) {
            byte[] encoded = key.getEncoded();
            buffer.putString(ED25519);
            buffer.putBytes(Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length));
        } else {
            buffer.putRawPublicKey(key);
        }
        return buffer.getCompactData();
    }

    private static PublicKey ed25519(byte[] point) throws GeneralSecurityException {
        if (point.length != ED25519_BYTES) {
            throw new GeneralSecurityException("an Ed25519 key has 32 bytes, this one " + point.length);
        }
        byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + ED25519_BYTES);
        System.arraycopy(point, 0, encoded, X509_PREFIX.length, ED25519_BYTES);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
