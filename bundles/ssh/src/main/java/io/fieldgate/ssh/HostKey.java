package io.fieldgate.ssh;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Iterator;
import java.util.Set;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * The key by which clients know this gateway again: an EC key on P-256 in {@code data/ssh/host_key}, in OpenSSH's form. It is made
 * at the first use; a key of another type that OpenSSH writes without a password can take its place.
 */
final class HostKey {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FORBIDDEN = PosixFilePermissions.fromString("---rwxrwx");

    private HostKey() {}

    /**
     * Reads the key, or makes one if there is none.
     *
     * @param data the folder {@code data} of the home
     * @throws IOException if it cannot be read or written
     * @throws IllegalStateException if the file is not a private key, or others can read it, with what to do about it
     */
    static KeyPair in(Path data) throws IOException {
        Path file = data.resolve("ssh").resolve("host_key");
        try {
            if (!Files.exists(file)) {
                write(file);
            }
            return read(file);
        } catch (GeneralSecurityException e) {
            throw unusable(file, e);
        }
    }

    private static KeyPair read(Path file) throws IOException, GeneralSecurityException {
        if (Files.getPosixFilePermissions(file).stream().anyMatch(FORBIDDEN::contains)) {
            throw new IllegalStateException(file
                    + " can be read by others than its owner, so it is no secret any more: delete it, and the next start"
                    + " makes a new one");
        }
        Iterable<KeyPair> keys;
        try (ByteArrayInputStream in = new ByteArrayInputStream(Files.readAllBytes(file))) {
            keys = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(file.toString()), in, FilePasswordProvider.EMPTY);
        } catch (IOException | RuntimeException e) {
            throw unusable(file, e);
        }
        Iterator<KeyPair> found = keys == null ? null : keys.iterator();
        if (found == null || !found.hasNext()) {
            throw unusable(file, null);
        }
        return found.next();
    }

    private static void write(Path file) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
                generator.generateKeyPair(), "fieldgate host key", (OpenSSHKeyEncryptionContext) null, text);
        Path folder = file.getParent();
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        Path whole = Files.createTempFile(folder, "host_key", ".tmp", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.toByteArray());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel entries = FileChannel.open(folder)) {
            entries.force(true);
        }
    }

    private static IllegalStateException unusable(Path file, Exception cause) {
        return new IllegalStateException(
                file + " is not a private key without a password: delete it, and the next start makes a new one",
                cause);
    }
}
