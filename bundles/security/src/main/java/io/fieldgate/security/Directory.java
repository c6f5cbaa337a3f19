package io.fieldgate.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users and tokens, and their file {@code users.json}.
 *
 * <p><b>Threading.</b> Safe for use by many threads; who only reads never waits.
 */
final class Directory {

    static final String FILE = "users.json";
    static final String ASIDE = "users.damaged.json";
    static final int MAX_USERS = 128;
    static final int MAX_TOKENS = 128;

    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);

    private final PrivateFolder folder;
    private final boolean fresh;

    private volatile Content content; // written by the holder of this object's lock
    private boolean closed; // guarded by this

    /**
     * Who and what is known.
     *
     * @param users by name
     * @param tokens by name
     */
    record Content(SortedMap<String, Account> users, SortedMap<String, ApiToken> tokens) {

        static final Content NONE = new Content(new TreeMap<>(), new TreeMap<>());

        Content with(Account user) {
            SortedMap<String, Account> more = new TreeMap<>(users);
            more.put(user.name(), user);
            return new Content(more, tokens);
        }

        Content withoutUser(String name) {
            SortedMap<String, Account> fewer = new TreeMap<>(users);
            fewer.remove(name);
            return new Content(fewer, tokens);
        }

        Content with(ApiToken token) {
            SortedMap<String, ApiToken> more = new TreeMap<>(tokens);
            more.put(token.name(), token);
            return new Content(users, more);
        }

        Content withoutToken(String name) {
            SortedMap<String, ApiToken> fewer = new TreeMap<>(tokens);
            fewer.remove(name);
            return new Content(users, fewer);
        }
    }

    private Directory(PrivateFolder folder, Content content, boolean fresh) {
        this.folder = folder;
        this.content = content;
        this.fresh = fresh;
    }

    /**
     * Reads the file. A damaged one is put aside and nobody is known then, until an admin says who is: never is a part of it
     * taken for the whole.
     *
     * @throws IOException if the file cannot be read at all
     */
    static Directory open(PrivateFolder folder) throws IOException {
        Optional<byte[]> file = folder.read(FILE);
        if (file.isEmpty()) {
            if (folder.has(ASIDE)) {
                LOG.error("there are no users: {} was damaged and lies in {}. {}", FILE, folder.file(ASIDE), remedy());
                return new Directory(folder, Content.NONE, false);
            }
            return new Directory(folder, Content.NONE, true);
        }
        try {
            return new Directory(folder, DirectoryFile.read(file.get()), false);
        } catch (IOException e) {
            folder.putAside(FILE, ASIDE);
            LOG.error(
                    "{} is damaged ({}), so there are no users and tokens now; it lies in {}. {}",
                    folder.file(FILE),
                    e.getMessage(),
                    folder.file(ASIDE),
                    remedy());
            return new Directory(folder, Content.NONE, false);
        }
    }

    private static String remedy() {
        return "Put a copy of it back as " + FILE + " and restart, or run 'fieldgate setup' to begin anew";
    }

    /** Tells whether this home has never had a file of users. */
    boolean fresh() {
        return fresh;
    }

    Content content() {
        return content;
    }

    Optional<Account> user(String name) {
        return Optional.ofNullable(content.users().get(name));
    }

    Optional<ApiToken> token(String name) {
        return Optional.ofNullable(content.tokens().get(name));
    }

    /** Finds the token of a secret, in a time that does not tell how near a wrong one comes. */
    Optional<ApiToken> tokenOf(String secret, Instant now) {
        String digest = Secrets.digest(secret);
        ApiToken found = null;
        for (ApiToken token : content.tokens().values()) {
            if (Secrets.same(token.digest(), digest)) {
                found = token;
            }
        }
        return Optional.ofNullable(found).filter(token -> now.isBefore(token.end()));
    }

    /** Tells whether a token has ended in a span of time, its end included. */
    boolean tokenEnded(Instant after, Instant until) {
        for (ApiToken token : content.tokens().values()) {
            if (token.end().isAfter(after) && !token.end().isAfter(until)) {
                return true;
            }
        }
        return false;
    }

    /** Changes what is known; the change is on the disk when this returns, or it is not made. */
    synchronized void change(UnaryOperator<Content> change) {
        if (closed) {
            throw new IllegalStateException("the bundle security is being replaced: try again");
        }
        Content changed = change.apply(content);
        try {
            folder.write(FILE, DirectoryFile.write(changed));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    folder.file(FILE) + " cannot be written, nothing is changed: " + e.getMessage(), e);
        }
        content = changed;
    }

    /** Leaves the file to a successor. */
    synchronized void close() {
        closed = true;
    }
}
