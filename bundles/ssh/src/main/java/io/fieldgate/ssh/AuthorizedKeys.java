package io.fieldgate.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file with the public keys of those who may log in, one a line: type, key, comment. It is read at each login, so a change
 * counts at once. Before the type may stand {@code fieldgate-role="viewer"} or another role; an administrator's unless given.
 *
 * <p>What a line says beyond that is not ignored, for it might be a restriction: a line with other options names nobody. Such a line
 * and one that cannot be read are named in the log, once for each change of the file.
 *
 * <p><b>Threading.</b> Can be called from many threads.
 */
final class AuthorizedKeys {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorizedKeys.class);
    private static final int MAX_BYTES = 256 * 1024;
    private static final int COMMENT_MAX = 64;

    /** The names with which a line begins that has no options. */
    private static final Set<String> TYPES =
            Set.of("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa", WireKey.ED25519);

    /** The option that a line may have; what stands in the quotes is looked at later. */
    private static final Pattern ROLE = Pattern.compile("fieldgate-role=\"([^\"]*)\"\\s+");

    private static final String ADMIN = "admin";
    private static final Set<String> ROLES = Set.of("viewer", "operator", ADMIN);

    private final Path file;

    /** What was said of the file last; guarded by this. */
    private List<String> said = List.of();

    /**
     * One key.
     *
     * @param key the key
     * @param comment what stands behind it; may be empty
     * @param role what its owner may do in the shell: {@code viewer}, {@code operator} or {@code admin}
     * @param line its line, from 1
     */
    record Entry(PublicKey key, String comment, String role, int line) {

        /** Who it is, for the audit log. */
        String name() {
            return "ssh:" + (comment.isEmpty() ? WireKey.fingerprint(key) : comment);
        }

        @Override
        public String toString() {
            return WireKey.fingerprint(key) + (comment.isEmpty() ? "" : " (" + comment + ")");
        }
    }

    AuthorizedKeys(Path file) {
        this.file = file;
    }

    /** The entry of a key; nothing if it may not log in. */
    Optional<Entry> find(PublicKey key) {
        return read().stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    /** Reads the file, and says in the log what is wrong with it unless that was said before. */
    List<Entry> read() {
        List<String> problems = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        try {
            Optional<String> refusal = refusal();
            if (refusal.isPresent()) {
                problems.add(refusal.get());
            } else {
                parse(Files.readAllBytes(file), entries, problems);
            }
        } catch (NoSuchFileException e) {
            problems.add("nobody can log in: there is no file " + file + "; put one public key a line into it");
        } catch (IOException e) {
            problems.add("nobody can log in: " + file + " cannot be read: " + e);
        }
        mention(problems);
        return entries;
    }

    private Optional<String> refusal() throws IOException {
        Set<PosixFilePermission> own = Files.getPosixFilePermissions(file);
        if (own.contains(PosixFilePermission.GROUP_WRITE) || own.contains(PosixFilePermission.OTHERS_WRITE)) {
            return Optional.of("nobody can log in: others can write to " + file + "; mend it with: chmod go-w " + file);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE)) {
            return Optional.of("nobody can log in: others can replace " + file + "; mend it with: chmod o-w " + folder);
        }
        return Files.size(file) > MAX_BYTES
                ? Optional.of("nobody can log in: " + file + " is larger than " + MAX_BYTES / 1024 + " KiB")
                : Optional.empty();
    }

    private void parse(byte[] bytes, List<Entry> entries, List<String> problems) {
        int number = 0;
        for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                try {
                    entries.add(entry(text, number));
                } catch (IllegalArgumentException e) {
                    problems.add("line " + number + " of " + file + " lets nobody in: " + e.getMessage());
                }
            }
        }
    }

    private static Entry entry(String text, int line) {
        Matcher role = ROLE.matcher(text);
        boolean given = role.lookingAt();
        if (given && !ROLES.contains(role.group(1))) {
            throw new IllegalArgumentException(
                    "a role is viewer, operator or admin, got \"" + Text.printable(role.group(1), COMMENT_MAX) + '"');
        }
        String[] parts = (given ? text.substring(role.end()) : text).split("\\s+", 3);
        if (!TYPES.contains(parts[0])) {
            throw new IllegalArgumentException("it must begin with the type of the key, one of "
                    + String.join(", ", TYPES.stream().sorted().toList())
                    + "; options but fieldgate-role=\"viewer|operator|admin\", and other types, cannot be used");
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(parts.length > 1 ? parts[1] : "-");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("there is no key behind " + parts[0], e);
        }
        try {
            return new Entry(
                    WireKey.read(bytes),
                    parts.length > 2 ? Text.printable(parts[2], COMMENT_MAX) : "",
                    given ? role.group(1) : ADMIN,
                    line);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its key is " + e.getMessage(), e);
        }
    }

    private synchronized void mention(List<String> problems) {
        if (!problems.equals(said)) {
            problems.forEach(LOG::warn);
            said = List.copyOf(problems);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
