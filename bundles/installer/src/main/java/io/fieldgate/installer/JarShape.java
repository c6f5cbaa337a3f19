package io.fieldgate.installer;

import io.fieldgate.api.gateway.UpdateException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a jar looks like from outside, before anything in it is verified: names that mean one thing only, and signature files of a bounded size, which
 * the JDK's verifier holds in memory whole.
 *
 * @param signatureFiles how many {@code .SF} there are
 * @param blocks how many {@code .RSA}, {@code .DSA} and {@code .EC} there are
 * @param digests whether the manifest has digests of entries, as only a jar has that is or was signed
 */
record JarShape(int signatureFiles, int blocks, boolean digests) {

    static final int MAX_ENTRIES = 20_000;
    static final int MAX_SIGNERS = 4;

    /** The manifest, and each signature file. */
    static final int SIGNATURE_MAX_BYTES = 1 << 20;

    private static final String META_INF = "META-INF/";
    private static final Pattern BLOCK = Pattern.compile("META-INF/[^/]+\\.(RSA|DSA|EC)");
    private static final Pattern SIGNATURE_FILE = Pattern.compile("META-INF/[^/]+\\.SF");
    private static final Pattern OTHER = Pattern.compile("META-INF/SIG-[^/]*");
    private static final Pattern DIGEST = Pattern.compile("(?im)^[a-z0-9-]+-Digest:");
    private static final Pattern TWO_WAYS = Pattern.compile("(?s)/.*|.*\\\\.*|.*\\x00.*|(.*/)?\\.\\.?(/.*)?|.*//.*");
    private static final int SHOWN_CHARS = 120;

    /**
     * Looks at the names, and reads what belongs to signatures as far as the limits go.
     *
     * @throws UpdateException if a name means two things, or something is too large
     */
    static JarShape of(Path file) throws UpdateException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return of(zip);
        } catch (IOException e) {
            throw unusable("it is not a whole jar: " + String.valueOf(e.getMessage()), e);
        }
    }

    private static JarShape of(ZipFile zip) throws IOException, UpdateException {
        if (zip.size() > MAX_ENTRIES) {
            throw unusable("it has more than " + MAX_ENTRIES + " entries", null);
        }
        Set<String> names = new HashSet<>();
        int signatureFiles = 0;
        int blocks = 0;
        boolean digests = false;
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            String name = entry.getName();
            if (TWO_WAYS.matcher(name).matches()) {
                throw SignedJar.refused("the name of its entry " + shown(name) + " can be read in two ways");
            }
            if (!names.add(meaning(name))) {
                throw SignedJar.refused("it has two entries " + shown(name) + ", of which a signature covers one");
            }
            if (!entry.isDirectory() && isOfSignature(name)) {
                String upper = name.toUpperCase(Locale.ROOT);
                String text = bounded(zip, entry);
                digests |= upper.equals(JarFile.MANIFEST_NAME)
                        && DIGEST.matcher(text).find();
                signatureFiles += SIGNATURE_FILE.matcher(upper).matches() ? 1 : 0;
                blocks += BLOCK.matcher(upper).matches() ? 1 : 0;
            }
        }
        if (Math.max(signatureFiles, blocks) > MAX_SIGNERS) {
            throw SignedJar.refused("it has more than " + MAX_SIGNERS + " signatures");
        }
        return new JarShape(signatureFiles, blocks, digests);
    }

    /** Whether an entry carries signatures itself, so that none covers it: only directly in META-INF. */
    static boolean isOfSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals(JarFile.MANIFEST_NAME)
                || SIGNATURE_FILE.matcher(upper).matches()
                || BLOCK.matcher(upper).matches()
                || OTHER.matcher(upper).matches();
    }

    /** Of a jar in which the verifier sees no signature: what there is nevertheless. */
    Optional<String> remains() {
        if (signatureFiles > 0 && blocks > 0) {
            return Optional.of(
                    "it is signed in a way that this Java does not accept, with a weak algorithm or a short key");
        }
        if (signatureFiles > 0 || blocks > 0) {
            return Optional.of("a part of its signature files was taken out of META-INF");
        }
        return digests
                ? Optional.of("it was signed, but its signature files were taken out of META-INF")
                : Optional.empty();
    }

    /** A name for a log line: short, and without what would break it. */
    static String shown(String name) {
        String clean = name.replaceAll("\\p{C}", "?");
        return clean.length() > SHOWN_CHARS ? clean.substring(0, SHOWN_CHARS) + "..." : clean;
    }

    /** The JDK takes "a" for "a/" if there is no "a", and looks at META-INF without regard to case. */
    private static String meaning(String name) {
        String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        String upper = plain.toUpperCase(Locale.ROOT);
        return upper.startsWith(META_INF) ? upper : plain;
    }

    private static String bounded(ZipFile zip, ZipEntry entry) throws IOException, UpdateException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(SIGNATURE_MAX_BYTES + 1);
            if (bytes.length > SIGNATURE_MAX_BYTES) {
                throw unusable(shown(entry.getName()) + " in it has more than " + SIGNATURE_MAX_BYTES + " bytes", null);
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static UpdateException unusable(String message, Throwable cause) {
        return new UpdateException(UpdateException.Reason.UNUSABLE, message, cause);
    }
}
