package io.fieldgate.security;

import io.fieldgate.api.security.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that is in force, and what may take its place.
 *
 * <p>Files that cannot be used change nothing: what is in force stays. If nothing is, as at the start, one that has expired, or is not
 * valid yet by a clock that may be wrong, is better than none, for clients judge themselves; and in place of files that are no
 * certificate the gateway makes one, so that nobody is locked out.
 *
 * <p><b>Threading.</b> Safe for use by many threads. The lock is held while a certificate is made.
 */
final class TlsCertificate {

    private static final Logger LOG = LoggerFactory.getLogger(TlsCertificate.class);
    private static final Duration WARNED_BEFORE = Duration.ofDays(14);
    private static final Duration RENEWAL_RETRY = Duration.ofHours(1);

    private final SelfSignedStore own;
    private final Clock clock;

    private volatile TlsSettings settings;
    private volatile Optional<TlsInForce> inForce = Optional.empty();

    private Optional<TlsSettings> read = Optional.empty(); // guarded by this; whose files were read last
    private Map<Path, Shape> readShapes = Map.of(); // guarded by this; how they were then
    private Map<Path, Shape> seenShapes = Map.of(); // guarded by this; how files were a round ago
    private String refused = ""; // guarded by this; why what was read is not in force
    private String said = ""; // guarded by this; of that, what was logged last
    private String reminded = ""; // guarded by this; of which end, and how
    private Instant nextRenewal = Instant.MIN; // guarded by this

    /** Size, time and number of a file; nothing for one that is not there. */
    private record Shape(long bytes, FileTime time, Optional<Object> number) {

        static Shape of(Path file) {
            try {
                Map<String, Object> now = Files.readAttributes(file, "size,lastModifiedTime,fileKey");
                return new Shape(
                        (Long) now.get("size"),
                        (FileTime) now.get("lastModifiedTime"),
                        Optional.ofNullable(now.get("fileKey")));
            } catch (IOException e) {
                return new Shape(-1, FileTime.fromMillis(0), Optional.empty());
            }
        }
    }

    TlsCertificate(TlsSettings settings, SelfSignedStore own, Clock clock) {
        this.settings = settings;
        this.own = own;
        this.clock = clock;
    }

    /** Takes other settings; they count with the next look. */
    void follow(TlsSettings others) {
        settings = others;
    }

    TlsSettings settings() {
        return settings;
    }

    /** What is in force; nothing if nobody has wanted it yet. */
    Optional<TlsInForce> inForce() {
        return inForce;
    }

    /**
     * What is in force; a certificate is made if there is none.
     *
     * @throws CertificateRefused if none can be made
     */
    TlsInForce get() throws CertificateRefused {
        Optional<TlsInForce> now = inForce;
        return now.isPresent() ? now.get() : begin();
    }

    private synchronized TlsInForce begin() throws CertificateRefused {
        look(true);
        if (inForce.isEmpty()) {
            takeOwn(settings);
        }
        return inForce.orElseThrow();
    }

    /**
     * Looks whether there is something new.
     *
     * @param atOnce whether files count that have just been written; else they must have kept still for a round
     * @return why what the files hold is not in force, one line; empty if it is
     */
    synchronized Optional<String> look(boolean atOnce) {
        TlsSettings now = settings;
        Map<Path, Shape> shapes = shapes(now);
        boolean changed = !read.equals(Optional.of(now)) || !shapes.equals(readShapes);
        boolean still = atOnce || read.isEmpty() || shapes.equals(seenShapes);
        seenShapes = shapes;
        if ((changed && still) || !refused.isEmpty()) {
            read = Optional.of(now);
            readShapes = shapes;
            take(now);
        }
        inForce.ifPresent(this::mind);
        return refused.isEmpty() ? Optional.empty() : Optional.of(refused);
    }

    private Map<Path, Shape> shapes(TlsSettings now) {
        Map<Path, Shape> shapes = new TreeMap<>();
        now.files().forEach(file -> shapes.put(file, Shape.of(file)));
        if (now.source().isEmpty()) {
            shapes.put(own.file(), Shape.of(own.file()));
        }
        return shapes;
    }

    private void take(TlsSettings now) {
        refused = "";
        try {
            if (now.source().isPresent()) {
                takeFiles(now, now.source().get());
            } else if (inForce.isPresent()) {
                takeOwn(now);
            }
        } catch (CertificateRefused e) {
            refuse(e);
        }
        if (refused.isEmpty()) {
            said = "";
        }
    }

    private void takeFiles(TlsSettings now, CertificateSource source) throws CertificateRefused {
        CertificatePair pair = source.read();
        TlsInForce next = TlsInForce.of(pair, false, now.client(), authorities(now));
        if (inForce.isPresent()) {
            checkTime(pair, source);
        } else {
            try {
                checkTime(pair, source);
            } catch (CertificateRefused e) {
                LOG.error("{}; it is used all the same, as there is no other", e.getMessage());
            }
        }
        warnOfReaders(source.secret());
        putInForce(next, source.toString());
    }

    private void checkTime(CertificatePair pair, CertificateSource source) throws CertificateRefused {
        try {
            pair.checkTime(clock.instant());
        } catch (CertificateRefused e) {
            throw new CertificateRefused(source + ": " + e.getMessage(), e);
        }
    }

    private void takeOwn(TlsSettings now) throws CertificateRefused {
        List<X509Certificate> authorities = List.of();
        try {
            authorities = authorities(now);
        } catch (CertificateRefused e) {
            refuse(e); // nobody vouches for clients then
        }
        putInForce(TlsInForce.of(own.get(), true, now.client(), authorities), "made by the gateway itself");
        readShapes = shapes(now);
    }

    private void putInForce(TlsInForce next, String from) {
        if (inForce.filter(next::isLike).isPresent()) {
            return;
        }
        inForce = Optional.of(next);
        LOG.info(
                "the TLS certificate is {}, valid until {}, SHA-256 fingerprint {}",
                from,
                next.pair().ends(),
                next.pair().fingerprint());
    }

    private void refuse(CertificateRefused cause) {
        refused = cause.getMessage();
        if (refused.equals(said)) {
            return;
        }
        said = refused;
        LOG.error(
                "{}; {}",
                refused,
                inForce.map(now -> "the certificate in force stays, which is valid until "
                                + now.pair().ends())
                        .orElse("where TLS is wanted the gateway makes a certificate itself meanwhile"));
        LOG.debug("the cause", cause);
    }

    /** Renews the gateway's own in time, and reminds of the end of one from elsewhere. */
    private void mind(TlsInForce now) {
        Instant time = clock.instant();
        if (now.selfSigned()) {
            if (own.isDue(now.pair()) && !time.isBefore(nextRenewal)) {
                nextRenewal = time.plus(RENEWAL_RETRY);
                try {
                    takeOwn(settings);
                } catch (CertificateRefused e) {
                    LOG.warn("the gateway's own certificate is not renewed: {}", e.getMessage());
                }
            }
            return;
        }
        Instant end = now.pair().ends();
        String how = !time.isBefore(end) ? "has expired" : "expires soon";
        if (!time.isBefore(end.minus(WARNED_BEFORE)) && !reminded.equals(end + how)) {
            reminded = end + how;
            LOG.warn("the TLS certificate {}, at {}: put another one in its place", how, end);
        }
    }

    private static List<X509Certificate> authorities(TlsSettings now) throws CertificateRefused {
        return now.client() == TlsIdentity.ClientCertificate.NONE
                ? List.of()
                : PemFile.read(now.authorities().orElseThrow()).certificates();
    }

    private static void warnOfReaders(Path secret) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(secret);
            if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
                LOG.warn("everybody on this machine can read {}; 'chmod 600' changes that", secret);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("the mode of {} is not known", secret, e);
        }
    }
}
