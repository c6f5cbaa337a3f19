package io.fieldgate.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A PKCS#12 store (RFC 7292) with one key.
 *
 * @param store the store
 * @param password a file whose first line is its password
 */
record CertificateStore(Path store, Path password) implements CertificateSource {

    private static final long MAX_BYTES = 256 * 1024;

    @Override
    public CertificatePair read() throws CertificateRefused {
        char[] secret = firstLine();
        try (InputStream in = Files.newInputStream(store)) {
            if (Files.size(store) > MAX_BYTES) {
                throw new CertificateRefused(store + " is larger than " + MAX_BYTES + " bytes");
            }
            KeyStore entries = KeyStore.getInstance("PKCS12");
            entries.load(in, secret);
            CertificatePair pair = pair(entries, secret);
            pair.check();
            return pair;
        } catch (CertificateRefused e) {
            throw new CertificateRefused(store + ": " + e.getMessage(), e);
        } catch (IOException | GeneralSecurityException e) {
            throw new CertificateRefused(
                    Files.isReadable(store)
                            ? store + " is no PKCS#12 store, or " + password + " has not its password"
                            : "there is no file " + store + " that can be read",
                    e);
        } finally {
            Arrays.fill(secret, ' ');
        }
    }

    @Override
    public List<Path> files() {
        return List.of(store, password);
    }

    @Override
    public Path secret() {
        return password;
    }

    private static CertificatePair pair(KeyStore entries, char[] secret)
            throws GeneralSecurityException, CertificateRefused {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(entries.aliases())) {
            if (entries.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            throw new CertificateRefused("it has " + keys.size() + " keys, and must have one");
        }
        List<X509Certificate> chain = new ArrayList<>();
        Certificate[] there = entries.getCertificateChain(keys.get(0));
        for (Certificate one : there == null ? new Certificate[0] : there) {
            chain.add((X509Certificate) one);
        }
        if (chain.isEmpty()) {
            throw new CertificateRefused("it has a key, but no certificate for it");
        }
        return new CertificatePair((PrivateKey) entries.getKey(keys.get(0), secret), chain);
    }

    private char[] firstLine() throws CertificateRefused {
        try {
            return Files.readString(password, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .toCharArray();
        } catch (IOException e) {
            throw new CertificateRefused(
                    "there is no file " + password + " with the password of " + store + " that can be read", e);
        }
    }

    @Override
    public String toString() {
        return store.toString();
    }
}
