package io.fieldgate.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fieldgate sign}: signs bundles and other files. Needs neither a gateway nor a home. */
@Command(
        name = "sign",
        description = {
            "Sign files with a key of 'fieldgate keygen', or any PKCS#12 file with one key in it.",
            "A .jar is signed in place; of any other file the signature is written beside it, as FILE.sig."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class SignCommand implements Callable<Integer> {

    private static final String SUMS = "SHA256SUMS";

    @Spec
    private CommandSpec spec;

    @Mixin
    private KeyPassword password;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "KEYSTORE",
            description = "The key's file, for example acme.p12.")
    private Path keystore;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write it, of one file alone; that file is overwritten.")
    private Path out;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "What to sign.")
    private List<Path> files;

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        if (out != null && files.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--out is for one file, and there are " + files.size());
        }
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new CommandFailure(ExitStatus.FAILED, file + " is no file; nothing was signed");
            }
        }
        SigningKey key = SigningKey.open(keystore, password.known(String.valueOf(keystore.getFileName())));
        for (Path file : files) {
            Path signed = isJar(file) ? file : file.resolveSibling(file.getFileName() + ".sig");
            Path target = out == null ? signed : out;
            sign(key, file, target);
            spec.commandLine()
                    .getOut()
                    .println(isJar(file) ? target + " is signed" : target + " is the signature of " + file);
            spec.commandLine().getOut().flush();
        }
        return ExitStatus.OK;
    }

    /** Works on a copy beside the target and puts it in its place at the end, so that what is broken off leaves nothing half done. */
    private static void sign(SigningKey key, Path file, Path target)
            throws CommandFailure, IOException, InterruptedException {
        Path place = Files.isSymbolicLink(target) ? target.toRealPath() : target.toAbsolutePath();
        Path folder = Files.createTempDirectory(place.getParent(), ".fieldgate-");
        Path copy = folder.resolve("copy.jar");
        try {
            if (isJar(file)) {
                Files.copy(file, copy);
            } else {
                writeSums(file, copy);
            }
            key.sign(copy);
            Files.setPosixFilePermissions(
                    copy,
                    isJar(file) ? Files.getPosixFilePermissions(file) : PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(copy, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (CommandFailure e) {
            throw new CommandFailure(e.status(), file + " is not signed: " + e.getMessage(), e);
        } finally {
            try (var left = Files.newDirectoryStream(folder)) {
                for (Path each : left) {
                    Files.delete(each);
                }
            }
            Files.delete(folder);
        }
    }

    private static void writeSums(Path file, Path jar) throws IOException {
        String line = sha256(file) + "  " + String.valueOf(file.getFileName()).replaceAll("\\p{Cntrl}", "?") + '\n';
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            entries.putNextEntry(new JarEntry(SUMS));
            entries.write(line.getBytes(StandardCharsets.UTF_8));
            entries.closeEntry();
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestOutputStream hash =
                        new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(hash);
            return HexFormat.of().formatHex(hash.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static boolean isJar(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".jar");
    }
}
