package io.fieldgate.installer;

import io.fieldgate.api.gateway.UpdateException;
import io.fieldgate.api.gateway.UpdateOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose bundles the gateway takes: those signed by certificates in {@code etc/trust/*.pem}, or by what a CA's certificate there has issued, and valid
 * now; never those of a certificate in {@code etc/trust/revoked.pem}. Files are read anew when they have changed.
 *
 * <p>If there is no such file, a bundle need not be signed when it comes from this machine; a broken signature is refused all the same.
 *
 * <p><b>Threading.</b> Safe for use by many threads. A check reads the whole jar on the calling thread.
 */
final class Trust {

    private static final Pattern SUM = Pattern.compile("([0-9a-f]{64})  [^\\r\\n]+\\n?");

    private final TrustFolder folder;
    private final Clock clock;

    Trust(Path etc, Clock clock) {
        this.folder = new TrustFolder(etc.resolve("trust"));
        this.clock = clock;
    }

    /** Whether unsigned bundles are accepted from this machine: no file of certificates is there, not even one that cannot be read. */
    boolean isEmpty() {
        return !folder.contents().demanded();
    }

    /** The line for the log at the start, if unsigned bundles are accepted. */
    Optional<String> warning() {
        return isEmpty()
                ? Optional.of("no certificate in etc/trust: bundles that are not signed are accepted from this machine,"
                        + " by deploy/ and the shell's socket")
                : Optional.empty();
    }

    /**
     * Checks the signature of a jar.
     *
     * @return the subject of who signed it (RFC 2253); empty if it counts as unsigned and may be so
     * @throws UpdateException if it must not be used
     */
    Optional<String> signer(Path jar, UpdateOptions options) throws UpdateException {
        return signer(SignedJar.read(jar), folder.contents(), options);
    }

    /**
     * Checks the signature of another file: a small signed jar with the file's hash in its one entry {@code SHA256SUMS}. The name there is for
     * people; the file may have been renamed.
     *
     * @return the subject of who signed it (RFC 2253); empty if it counts as unsigned and may be so
     * @throws UpdateException if it must not be used
     * @throws IOException if one of the files cannot be read
     */
    Optional<String> verify(Path file, Path signature, UpdateOptions options) throws UpdateException, IOException {
        TrustFolder.Contents trusted = folder.contents();
        if (Files.notExists(signature)) {
            return unsigned("there is no signature " + signature.getFileName() + " beside it", trusted, options);
        }
        SignedJar signed = SignedJar.read(signature);
        Optional<String> signer = signer(signed, trusted, options);
        Matcher sum = SUM.matcher(signed.sums().orElse(""));
        if (!sum.matches()) {
            throw SignedJar.refused(
                    signature.getFileName() + " is no signature of a file: make it with 'fieldgate sign'");
        }
        if (!sum.group(1).equals(Sha256.of(file))) {
            throw SignedJar.refused(file.getFileName() + " was changed after it was signed, or "
                    + signature.getFileName() + " belongs to another file");
        }
        return signer;
    }

    private Optional<String> signer(SignedJar jar, TrustFolder.Contents trusted, UpdateOptions options)
            throws UpdateException {
        if (jar.signers().isEmpty()) {
            return unsigned(jar.remains().orElse("it is not signed"), trusted, options);
        }
        SignerCheck check = new SignerCheck(trusted, clock.instant());
        for (CodeSigner signer : jar.signers()) {
            check.notRevoked(signer);
        }
        if (!trusted.demanded()) {
            return unsigned("it is signed, but etc/trust has no certificate to trust the signer by", trusted, options);
        }
        UpdateException refusal = null;
        for (CodeSigner signer : jar.signers()) {
            try {
                return Optional.of(check.subject(signer));
            } catch (UpdateException e) {
                refusal = refusal == null ? e : refusal;
            }
        }
        throw refusal;
    }

    private static Optional<String> unsigned(String what, TrustFolder.Contents trusted, UpdateOptions options)
            throws UpdateException {
        if (trusted.demanded()) {
            throw SignedJar.refused(what + ": sign it with 'fieldgate sign', with a key that etc/trust knows");
        }
        if (!options.isOnThisMachine()) {
            throw SignedJar.refused(what + ": sign it with 'fieldgate sign' and put the certificate into etc/trust;"
                    + " without, bundles are taken by deploy/ and the shell's socket alone");
        }
        return Optional.empty();
    }
}
