package io.fieldgate.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** A key that signs jars, by the JDK's jarsigner. */
record SigningKey(Path keystore, String password, String alias) {

    /** The name of the signature's files in META-INF: signing again with it replaces the signature before. */
    private static final String FILE = "FIELDGAT";

    /** Opens the key's file, so that a wrong password is said in plain words, and finds the one key in it. */
    static SigningKey open(Path keystore, String password) throws CommandFailure, IOException {
        try (InputStream in = Files.newInputStream(keystore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            List<String> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    keys.add(alias);
                }
            }
            if (keys.size() != 1) {
                throw new CommandFailure(
                        ExitStatus.FAILED, keystore + " has " + keys.size() + " keys: it must have one to sign with");
            }
            return new SigningKey(keystore, password, keys.get(0));
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitStatus.FAILED, keystore + " is not there: make it with 'fieldgate keygen'", e);
        } catch (IOException e) {
            if (e.getCause() instanceof GeneralSecurityException) {
                throw new CommandFailure(ExitStatus.FAILED, "the password of " + keystore + " is another one", e);
            }
            throw new CommandFailure(ExitStatus.FAILED, keystore + " is no PKCS#12 file: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new CommandFailure(ExitStatus.FAILED, keystore + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Signs a jar in place, and looks whether it is signed then. */
    void sign(Path jar) throws CommandFailure, IOException, InterruptedException {
        JdkTool.named("jarsigner")
                .run(
                        password,
                        List.of(
                                "-keystore",
                                keystore.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass:env",
                                JdkTool.PASSWORD,
                                "-digestalg",
                                "SHA-256",
                                "-sigfile",
                                FILE,
                                jar.toString(),
                                alias));
        try (JarFile signed = new JarFile(jar.toFile(), true)) {
            for (Enumeration<JarEntry> entries = signed.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                try (InputStream in = signed.getInputStream(entry)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
                boolean own = entry.getName().matches("META-INF/[^/]*");
                if (!own && !entry.isDirectory() && entry.getCodeSigners() == null) {
                    throw new CommandFailure(
                            ExitStatus.FAILED,
                            entry.getName() + " would not be signed: the certificate or the algorithm is too weak");
                }
            }
        } catch (SecurityException e) {
            throw new CommandFailure(
                    ExitStatus.FAILED, "an older signature in it does not hold: sign the jar as it was built", e);
        }
    }
}
