package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.CodeSigner;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A key is made and signs, without a gateway or a home. */
class SignCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter output = new StringWriter();
    private String key;
    private Path certificate;
    private String password;

    @BeforeEach
    void prepare() throws Exception {
        key = folder.resolve("acme.p12").toString();
        certificate = folder.resolve("acme.pem");
        password =
                Files.writeString(folder.resolve("password"), "correct horse\n").toString();
    }

    @Test
    void aKeySignsAJarAndAnotherFile() throws Exception {
        assertEquals(0, keygen(), output::toString);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(key))));
        X509Certificate own = certificate();
        assertEquals("CN=Acme\\, Pumps", own.getSubjectX500Principal().getName());
        assertEquals(List.of("1.3.6.1.5.5.7.3.3"), own.getExtendedKeyUsage());

        Path jar = jar("pump.jar");
        Path other = Files.writeString(folder.resolve("release.tar.gz"), "abc");
        // Again: the signature before is replaced.
        assertEquals(0, sign(jar.toString()), output::toString);
        assertEquals(0, sign(jar.toString(), other.toString()), output::toString);
        assertEquals("class", signed(jar, "a/B.class", own));
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  release.tar.gz\n",
                signed(folder.resolve("release.tar.gz.sig"), "SHA256SUMS", own));
        nothingIsLeft();
    }

    @Test
    void overwritesNoKey() throws Exception {
        Files.writeString(Path.of(key), "precious");
        assertEquals(1, keygen());
        assertTrue(output.toString().contains("is there already, and is not overwritten"), output::toString);
        assertEquals("precious", Files.readString(Path.of(key)));
        assertFalse(Files.exists(certificate));
    }

    @Test
    void leavesTheJarAsItIsIfThePasswordIsWrong() throws Exception {
        assertEquals(0, keygen(), output::toString);
        Path jar = jar("pump.jar");
        byte[] before = Files.readAllBytes(jar);
        Files.writeString(Path.of(password), "another\n");
        assertEquals(1, sign(jar.toString()));
        assertTrue(output.toString().contains("acme.p12 is another one"), output::toString);
        assertArrayEquals(before, Files.readAllBytes(jar));
        nothingIsLeft();
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertEquals(1, sign(folder.resolve("none.jar").toString()));
        assertTrue(output.toString().contains("none.jar is no file"), output::toString);
        assertEquals(1, sign(jar("pump.jar").toString()));
        assertTrue(output.toString().contains("make it with 'fieldgate keygen'"), output::toString);
    }

    @Test
    void namesAJavaWithoutTheTool() throws Exception {
        JdkTool none = new JdkTool(folder.resolve("jarsigner"), Duration.ofSeconds(1));
        CommandFailure failure = assertThrows(CommandFailure.class, () -> none.run("secret", List.of()));
        assertTrue(failure.getMessage().contains("install a JDK"), failure::getMessage);
    }

    private int keygen() {
        return run("keygen", key, "--name", "Acme, Pumps", "--password-file", password);
    }

    private int sign(String... files) {
        return run(Stream.concat(Stream.of("sign", "--key", key, "--password-file", password), Stream.of(files))
                .toArray(String[]::new));
    }

    private int run(String... arguments) {
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(output, true)).setErr(new PrintWriter(output, true));
        return commands.execute(arguments);
    }

    private X509Certificate certificate() throws Exception {
        try (InputStream in = Files.newInputStream(certificate)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private Path jar(String name) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("a/B.class"));
            out.write("class".getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
        return jar;
    }

    /** Reads an entry, which must be signed by this one alone. */
    private static String signed(Path file, String name, X509Certificate by) throws IOException {
        try (JarFile jar = new JarFile(file.toFile(), true)) {
            JarEntry entry = jar.getJarEntry(name);
            String text;
            try (InputStream in = jar.getInputStream(entry)) {
                text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            CodeSigner[] signers = entry.getCodeSigners();
            assertEquals(1, signers.length);
            assertEquals(by, signers[0].getSignerCertPath().getCertificates().get(0));
            return text;
        }
    }

    private void nothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.getFileName().toString().startsWith("."))
                            .toList());
        }
    }
}
