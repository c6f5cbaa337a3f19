package io.fieldgate.installer;

import io.fieldgate.api.gateway.UpdateException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.X509Certificate;
import java.util.Enumeration;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A whole jar with the manifest of a bundle, as it lies in the store.
 *
 * @param sha256 SHA-256 of the jar, in hexadecimal
 * @param jar the private copy
 * @param symbolicName its symbolic name
 * @param version its version
 * @param singleton whether only one of its name can be resolved
 * @param fragment whether it is a part of another bundle
 * @param signer who says to have signed it, which is not checked here
 */
record BundleFile(
        String sha256,
        Path jar,
        String symbolicName,
        Version version,
        boolean singleton,
        boolean fragment,
        Optional<String> signer) {

    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern SINGLETON = Pattern.compile(";\\s*singleton\\s*:=\\s*\"?true\"?\\s*(;|$)");
    private static final int CHUNK = 64 * 1024;
    private static final int LONGEST_NAME = 200;

    /**
     * Reads the whole jar, so that a cut or damaged one is found before anything is touched.
     *
     * @throws UpdateException if it is not whole or not a bundle
     */
    static BundleFile read(Store.Entry copy) throws UpdateException {
        Manifest manifest;
        Optional<String> signer;
        try (JarFile jar = new JarFile(copy.jar().toFile(), false)) {
            readEverything(jar);
            manifest = jar.getManifest();
            signer = signer(copy.jar());
        } catch (IOException | IllegalArgumentException e) {
            throw unusable("it is not a whole jar: " + Reasons.of(e), e);
        }
        if (manifest == null) {
            throw unusable("it has no manifest", null);
        }
        Attributes headers = manifest.getMainAttributes();
        if (!"2".equals(header(headers, Constants.BUNDLE_MANIFESTVERSION))) {
            throw unusable("it is not an OSGi bundle: Bundle-ManifestVersion is not 2", null);
        }
        String nameHeader = header(headers, Constants.BUNDLE_SYMBOLICNAME);
        String name = nameHeader.split(";", 2)[0].trim();
        if (!SYMBOLIC_NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
            throw unusable("it is not an OSGi bundle: Bundle-SymbolicName is \"" + name + '"', null);
        }
        return new BundleFile(
                copy.sha256(),
                copy.jar(),
                name,
                version(headers),
                SINGLETON.matcher(nameHeader).find(),
                !header(headers, Constants.FRAGMENT_HOST).isEmpty(),
                signer);
    }

    @Override
    public String toString() {
        return symbolicName + ' ' + version;
    }

    private static Version version(Attributes headers) throws UpdateException {
        try {
            return Version.parseVersion(header(headers, Constants.BUNDLE_VERSION));
        } catch (IllegalArgumentException e) {
            throw unusable("it is not an OSGi bundle: Bundle-Version: " + e.getMessage(), e);
        }
    }

    private static String header(Attributes headers, String name) {
        String value = headers.getValue(name);
        return value == null ? "" : value.trim();
    }

    /** JarFile checks no CRC, so that is done here. */
    private static void readEverything(JarFile jar) throws IOException {
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            CRC32 crc = new CRC32();
            try (InputStream in = jar.getInputStream(entry)) {
                byte[] chunk = new byte[CHUNK];
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    crc.update(chunk, 0, read);
                }
            }
            if (entry.getCrc() >= 0 && entry.getCrc() != crc.getValue()) {
                throw new IOException(entry.getName() + " is damaged");
            }
        }
    }

    /** Whose name the first signed entry bears. */
    private static Optional<String> signer(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                try (InputStream in = jar.getInputStream(entry)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
                CodeSigner[] signers = entry.getCodeSigners();
                if (signers != null
                        && signers[0].getSignerCertPath().getCertificates().get(0)
                                instanceof X509Certificate certificate) {
                    return Optional.of(certificate.getSubjectX500Principal().getName());
                }
            }
        } catch (SecurityException e) {
            return Optional.empty(); // the check of signatures says more
        }
        return Optional.empty();
    }

    private static UpdateException unusable(String reason, Throwable cause) {
        return new UpdateException(UpdateException.Reason.UNUSABLE, reason, cause);
    }
}
