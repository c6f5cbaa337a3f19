package io.fieldgate.installer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
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
 * @param file the file in {@code deploy/} that it was copied from
 * @param modified when that file was last modified, in milliseconds since 1970
 * @param sha256 SHA-256 of the jar, in hexadecimal
 * @param jar the private copy
 * @param symbolicName its symbolic name
 * @param version its version
 * @param singleton whether only one of its name can be resolved
 * @param fragment whether it is a part of another bundle
 */
record BundleFile(
        Path file,
        long modified,
        String sha256,
        Path jar,
        String symbolicName,
        Version version,
        boolean singleton,
        boolean fragment) {

    /** Begins the location of each bundle that comes from {@code deploy/}. */
    static final String LOCATION = "fieldgate:deploy/";

    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern SINGLETON = Pattern.compile(";\\s*singleton\\s*:=\\s*\"?true\"?\\s*(;|$)");
    private static final int CHUNK = 64 * 1024;

    /**
     * Reads the whole jar, so that a cut or damaged one is found before anything is touched.
     *
     * @throws DeployException if it is not whole or not a bundle
     */
    static BundleFile read(Path file, long modified, Store.Entry copy) throws DeployException {
        Manifest manifest;
        try (JarFile jar = new JarFile(copy.jar().toFile())) {
            readEverything(jar);
            manifest = jar.getManifest();
        } catch (IOException | SecurityException e) {
            throw DeployException.lasting("it is not a whole jar: " + DeployException.reasonOf(e), e);
        }
        if (manifest == null) {
            throw DeployException.lasting("it has no manifest", null);
        }
        Attributes headers = manifest.getMainAttributes();
        if (!"2".equals(header(headers, Constants.BUNDLE_MANIFESTVERSION))) {
            throw DeployException.lasting("it is not an OSGi bundle: Bundle-ManifestVersion is not 2", null);
        }
        String nameHeader = header(headers, Constants.BUNDLE_SYMBOLICNAME);
        String name = nameHeader.split(";", 2)[0].trim();
        if (!SYMBOLIC_NAME.matcher(name).matches()) {
            throw DeployException.lasting("it is not an OSGi bundle: Bundle-SymbolicName is \"" + name + '"', null);
        }
        return new BundleFile(
                file,
                modified,
                copy.sha256(),
                copy.jar(),
                name,
                version(headers),
                SINGLETON.matcher(nameHeader).find(),
                !header(headers, Constants.FRAGMENT_HOST).isEmpty());
    }

    /** The location that the framework knows the bundle by. */
    String location() {
        return LOCATION + symbolicName + '/' + sha256;
    }

    /** The file's name, for people. */
    String fileName() {
        return String.valueOf(file.getFileName());
    }

    @Override
    public String toString() {
        return symbolicName + ' ' + version;
    }

    private static Version version(Attributes headers) throws DeployException {
        try {
            return Version.parseVersion(header(headers, Constants.BUNDLE_VERSION));
        } catch (IllegalArgumentException e) {
            throw DeployException.lasting("it is not an OSGi bundle: Bundle-Version: " + e.getMessage(), e);
        }
    }

    private static String header(Attributes headers, String name) {
        String value = headers.getValue(name);
        return value == null ? "" : value.trim();
    }

    /** JarFile checks signatures but no CRC, so that is done here. */
    private static void readEverything(JarFile jar) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            CRC32 crc = new CRC32();
            try (InputStream in = jar.getInputStream(entry)) {
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    crc.update(chunk, 0, read);
                }
            }
            if (entry.getCrc() >= 0 && entry.getCrc() != crc.getValue()) {
                throw new IOException(entry.getName() + " is damaged");
            }
        }
    }
}
