package io.fieldgate.security;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that the gateway makes itself, in a folder that only its user can read. Its key stays the same when it is renewed.
 *
 * <p>Not for use by several threads at once.
 */
final class SelfSignedStore {

    /** More than that no browser takes (CA/Browser Forum, Baseline Requirements 6.3.2). */
    static final int VALID_DAYS = 397;

    static final Duration RENEWED_BEFORE = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(SelfSignedStore.class);
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final DateTimeFormatter KEYTOOL =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final int PASSWORD_BYTES = 24;
    private static final int PASSWORD_LEAST_CHARACTERS = 6; // keytool takes no shorter one

    /** Clocks differ: a client whose clock is behind must not find a certificate of the future. */
    private static final Duration HEAD_START = Duration.ofHours(1);

    private final Path folder;
    private final CertificateStore store;
    private final SelfSignedTool tool;
    private final Clock clock;

    SelfSignedStore(Path folder, SelfSignedTool tool, Clock clock) {
        this.folder = folder;
        store = new CertificateStore(folder.resolve("self-signed.p12"), folder.resolve("self-signed.password"));
        this.tool = tool;
        this.clock = clock;
    }

    /** The file that holds it. */
    Path file() {
        return store.store();
    }

    /** Tells whether a certificate is to be renewed. */
    boolean isDue(CertificatePair pair) {
        return !clock.instant().isBefore(pair.ends().minus(RENEWED_BEFORE));
    }

    /**
     * Gets it; makes it if there is none, and renews it if it is due.
     *
     * @throws CertificateRefused if there is none and none can be made
     */
    CertificatePair get() throws CertificateRefused {
        if (!Files.exists(file())) {
            return make();
        }
        CertificatePair there;
        try {
            there = store.read();
        } catch (CertificateRefused e) {
            LOG.error(
                    "the gateway's own certificate is damaged and made anew, with another fingerprint: {}",
                    e.getMessage());
            return make();
        }
        return isDue(there) ? renewed(there) : there;
    }

    private CertificatePair make() throws CertificateRefused {
        SelfSignedNames names = SelfSignedNames.ofThisMachine();
        return write(
                false,
                List.of(
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + names.names().get(0),
                        "-ext",
                        "bc:c=ca:false",
                        "-ext",
                        "ku:c=digitalSignature",
                        "-ext",
                        "eku=serverAuth",
                        "-ext",
                        names.extension()));
    }

    private CertificatePair renewed(CertificatePair there) {
        try {
            return write(
                    true,
                    List.of("-selfcert", "-ext", SelfSignedNames.ofThisMachine().extension()));
        } catch (CertificateRefused e) {
            LOG.warn(
                    "the gateway's own certificate, which ends at {}, is not renewed: {}",
                    there.ends(),
                    e.getMessage());
            return there;
        }
    }

    /** Has keytool work on another file, so that the one in use is whole whatever happens. */
    private CertificatePair write(boolean begin, List<String> action) throws CertificateRefused {
        try {
            prepare();
            Path staged = folder.resolve("self-signed.tmp");
            Files.deleteIfExists(staged);
            if (begin) {
                Files.copy(file(), staged);
            }
            List<String> arguments = new ArrayList<>(action);
            arguments.addAll(List.of(
                    "-alias",
                    "gateway",
                    "-sigalg",
                    "SHA256withECDSA",
                    "-startdate",
                    KEYTOOL.format(start()),
                    "-validity",
                    String.valueOf(VALID_DAYS),
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    staged.toString(),
                    "-storepass:file",
                    store.password().toString()));
            tool.run(arguments);
            Files.setPosixFilePermissions(staged, FILE);
            sync(staged);
            Files.move(staged, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(folder);
        } catch (IOException e) {
            throw new CertificateRefused(folder + " cannot be written to: " + e.getMessage(), e);
        }
        return store.read();
    }

    private Instant start() {
        return clock.instant().minus(HEAD_START);
    }

    private void prepare() throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        Files.setPosixFilePermissions(folder, FOLDER);
        if (Files.exists(store.password())
                && Files.readString(store.password()).strip().length() >= PASSWORD_LEAST_CHARACTERS) {
            return;
        }
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(store.password());
        Files.createFile(store.password(), PosixFilePermissions.asFileAttribute(FILE));
        Files.writeString(
                store.password(), Base64.getUrlEncoder().withoutPadding().encodeToString(random) + '\n');
        sync(store.password());
    }

    private static void sync(Path path) throws IOException {
        StandardOpenOption how = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
