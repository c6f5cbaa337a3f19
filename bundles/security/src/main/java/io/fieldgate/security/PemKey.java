package io.fieldgate.security;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * Reads the private key of a certificate from a PEM file: PKCS#8 (RFC 5958), or the traditional forms of EC (RFC 5915) and RSA
 * (RFC 8017, A.1.2), which are PKCS#8 without what the certificate says as well.
 */
final class PemKey {

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION = {0x02, 0x01, 0x00};

    private PemKey() {}

    /**
     * Reads a key.
     *
     * @param of what the certificate vouches for, which tells the kind
     * @throws CertificateRefused if the file has no such key that could be read
     */
    static PrivateKey read(Path path, PublicKey of) throws CertificateRefused {
        for (PemFile.Block block : PemFile.read(path).blocks()) {
            String label = block.label();
            boolean traditional = label.equals("EC PRIVATE KEY") || label.equals("RSA PRIVATE KEY");
            if (block.encrypted() || label.equals("ENCRYPTED PRIVATE KEY")) {
                throw encrypted(path);
            }
            if (traditional || label.equals("PRIVATE KEY")) {
                return key(path, traditional ? wrapped(block.der(), of) : block.der(), of);
            }
            // else it has the parameters of a curve, or the certificate itself
        }
        throw new CertificateRefused(path + " has no private key");
    }

    private static PrivateKey key(Path path, byte[] pkcs8, PublicKey of) throws CertificateRefused {
        try {
            return KeyFactory.getInstance(of.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new CertificateRefused(
                    path + " has no " + of.getAlgorithm()
                            + " key, as the certificate has, or one that is broken; 'openssl pkey -in KEY -out NEW' makes one of a form that is read",
                    e);
        }
    }

    private static CertificateRefused encrypted(Path path) {
        return new CertificateRefused(
                path
                        + " has a password, which nobody could type when the gateway starts; 'openssl pkey -in KEY -out NEW' takes it away (then chmod 600 NEW)");
    }

    /** The kind of a key stands in the public one in the very form that PKCS#8 has it: both begin with it. */
    private static byte[] wrapped(byte[] traditional, PublicKey of) {
        ByteBuffer spki = ByteBuffer.wrap(of.getEncoded());
        skipHead(spki);
        int start = spki.position();
        int length = skipHead(spki);
        byte[] kind = new byte[spki.position() - start + length];
        spki.get(start, kind);
        return element(SEQUENCE, VERSION, kind, element(OCTETS, traditional));
    }

    /** Skips tag and length of an element of DER (X.690, 8.1), and returns the length. */
    private static int skipHead(ByteBuffer der) {
        der.get();
        int first = der.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = (length << 8) | (der.get() & 0xff);
        }
        return length;
    }

    private static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer der = ByteBuffer.allocate(length + 4);
        der.put((byte) tag);
        if (length < 0x80) {
            der.put((byte) length);
        } else if (length < 0x100) {
            der.put((byte) 0x81).put((byte) length);
        } else {
            der.put((byte) 0x82).putShort((short) length);
        }
        for (byte[] part : parts) {
            der.put(part);
        }
        byte[] bytes = new byte[der.position()];
        der.get(0, bytes);
        return bytes;
    }
}
