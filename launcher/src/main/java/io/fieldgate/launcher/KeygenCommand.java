package io.fieldgate.launcher;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fieldgate keygen}: makes a key to sign bundles with. Needs neither a gateway nor a home. */
@Command(
        name = "keygen",
        description = {
            "Make a key to sign bundles with, and its certificate for etc/trust of the gateways that shall accept them.",
            "Nothing is overwritten. Who has the key file and its password can update those gateways: keep it off them."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class KeygenCommand implements Callable<Integer> {

    private static final String ALIAS = "fieldgate";

    private static final int MAX_DAYS = 36_500;

    /** What can be asked for, as keytool is told. */
    enum Algorithm {
        EC_P256("EC", "-groupname", "secp256r1"),
        EC_P384("EC", "-groupname", "secp384r1"),
        RSA_3072("RSA", "-keysize", "3072"),
        RSA_4096("RSA", "-keysize", "4096");

        private final String kind;
        private final String option;
        private final String value;

        Algorithm(String kind, String option, String value) {
            this.kind = kind;
            this.option = option;
            this.value = value;
        }

        private List<String> words() {
            return List.of("-keyalg", kind, option, value);
        }
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private KeyPassword password;

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "Who signs, for example \"Acme Pumps\".")
    private String name;

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            defaultValue = "3650",
            description = "How long the certificate is valid, 1 to " + MAX_DAYS + "; ${DEFAULT-VALUE} unless given.")
    private int days;

    @Option(
            names = "--algorithm",
            paramLabel = "ALGORITHM",
            defaultValue = "EC_P256",
            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless given.")
    private Algorithm algorithm;

    @Parameters(
            paramLabel = "KEYSTORE",
            description = "The key's file, for example acme.p12; the certificate lies beside it as acme.pem.")
    private Path keystore;

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        if (days < 1 || days > MAX_DAYS) {
            throw new ParameterException(spec.commandLine(), "--days must be 1 to " + MAX_DAYS + ", is " + days);
        }
        if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            throw new ParameterException(spec.commandLine(), "--name must be a line of text");
        }
        Path key = keystore.toAbsolutePath();
        Path certificate = key.resolveSibling(stem(key) + ".pem");
        absent(key);
        absent(certificate);
        String word = password.fresh(String.valueOf(key.getFileName()));
        Path folder = Files.createTempDirectory(key.getParent(), ".fieldgate-");
        try {
            Path madeKey = folder.resolve("key");
            Path madeCertificate = folder.resolve("certificate");
            make(word, madeKey, madeCertificate);
            Files.setPosixFilePermissions(madeKey, PosixFilePermissions.fromString("rw-------"));
            Files.setPosixFilePermissions(madeCertificate, PosixFilePermissions.fromString("rw-r--r--"));
            place(madeKey, key);
            place(madeCertificate, certificate);
        } finally {
            Files.deleteIfExists(folder.resolve("key"));
            Files.deleteIfExists(folder.resolve("certificate"));
            Files.deleteIfExists(folder);
        }
        spec.commandLine().getOut().println("The key is in " + keystore + ": keep it secret, and a copy of it safe.");
        spec.commandLine()
                .getOut()
                .println("Its certificate is in " + certificate
                        + ": copy it into etc/trust of each gateway that shall accept what it signs.");
        spec.commandLine().getOut().flush();
        return ExitStatus.OK;
    }

    private void make(String word, Path key, Path certificate)
            throws CommandFailure, IOException, InterruptedException {
        JdkTool keytool = JdkTool.named("keytool");
        List<String> store = List.of(
                "-keystore",
                key.toString(),
                "-storetype",
                "PKCS12",
                "-storepass:env",
                JdkTool.PASSWORD,
                "-alias",
                ALIAS);
        List<String> generate = new ArrayList<>(List.of("-genkeypair"));
        generate.addAll(store);
        generate.addAll(algorithm.words());
        generate.addAll(List.of("-dname", "CN=" + quoted(name), "-validity", String.valueOf(days)));
        generate.addAll(List.of("-ext", "KeyUsage:critical=digitalSignature", "-ext", "ExtendedKeyUsage=codeSigning"));
        keytool.run(word, generate);
        List<String> export = new ArrayList<>(List.of("-exportcert", "-rfc", "-file", certificate.toString()));
        export.addAll(store);
        keytool.run(word, export);
    }

    /** A value of a distinguished name with all that is special in it escaped (RFC 2253, 2.4). */
    private static String quoted(String text) {
        return text.strip().replaceAll("([,=+<>#;\"\\\\])", "\\\\$1");
    }

    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static void absent(Path file) throws CommandFailure {
        if (Files.exists(file)) {
            throw new CommandFailure(ExitStatus.FAILED, file + " is there already, and is not overwritten");
        }
    }

    /** A link, because a move would overwrite what has come in between. */
    private static void place(Path made, Path file) throws CommandFailure, IOException {
        try {
            Files.createLink(file, made);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(ExitStatus.FAILED, file + " is there already, and is not overwritten", e);
        } catch (UnsupportedOperationException e) {
            Files.move(made, file);
        }
    }
}
