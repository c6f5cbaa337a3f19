package io.fieldgate.security;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.api.gateway.Sessions;
import io.fieldgate.api.security.Audit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that is known of users, tokens, logins and tickets, and what ends when something of it does. What is to survive is in
 * {@code data/security}; when this component goes, passwords that wait are answered with {@code Later}, and nothing else ends.
 */
@Component(service = Realm.class, immediate = true, configurationPid = "io.fieldgate.security")
@Designate(ocd = Realm.Config.class)
public final class Realm {

    /** What an admin can set. */
    @ObjectClassDefinition(name = "Fieldgate users")
    public @interface Config {

        /**
         * What a password costs whoever tries it.
         *
         * @return the binary logarithm of bcrypt's rounds, 10 to 14
         */
        @AttributeDefinition(
                description = "Cost of a password's hash: one more takes twice as long",
                min = "10",
                max = "14")
        int bcrypt_cost() default 11;

        /**
         * How long a login by the login page lasts.
         *
         * @return hours, 1 to 720
         */
        @AttributeDefinition(description = "Absolute life of a login, in hours", min = "1", max = "720")
        int login_h() default 12;
    }

    static final String ADMIN_TOKEN = "admin";
    static final String ADMIN_TOKEN_FILE = "admin.token";

    private static final Logger LOG = LoggerFactory.getLogger(Realm.class);

    private final Directory directory;
    private final Logins logins;
    private final Tickets tickets;
    private final PasswordCheck passwords;
    private final HashQueue queue;
    private final ScheduledExecutorService timer;
    private final SessionWatch watch;
    private final Future<?> ticks;
    private final PrivateFolder folder;
    private final Duration loginLife;
    private final Clock clock;
    private final AtomicReference<Sessions> sessions = new AtomicReference<>();
    private final Map<String, Instant> uses = new ConcurrentHashMap<>(); // by the token's stamp

    private Instant looked; // for the timer's thread alone

    @Activate
    public Realm(BundleContext context, Config config, @Reference Audit audit) {
        this(
                Path.of(context.getProperty(Gateway.HOME), "data", "security"),
                new Bcrypt(checked("bcrypt.cost", config.bcrypt_cost(), 10, 14)),
                Duration.ofHours(checked("login.h", config.login_h(), 1, 720)),
                audit,
                Clock.systemUTC(),
                System::nanoTime);
    }

    Realm(Path home, PasswordHash hash, Duration loginLife, Audit audit, Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.loginLife = loginLife;
        try {
            folder = PrivateFolder.open(home);
            directory = Directory.open(folder);
            logins = Logins.open(folder, directory, loginLife, clock);
            if (directory.fresh()) {
                makeAdminToken(audit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(home + " cannot be used, so nobody can come in: " + e.getMessage(), e);
        }
        looked = clock.instant();
        timer = timer();
        queue = new HashQueue(timer);
        tickets = new Tickets(nanoTime);
        passwords = new PasswordCheck(directory, hash, queue, audit, nanoTime);
        watch = new SessionWatch(timer, () -> Optional.ofNullable(sessions.get()), this::stands, nanoTime);
        ticks = watch.start(this::ended);
    }

    private static int checked(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be " + least + " to " + most + ", is " + value);
        }
        return value;
    }

    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, "fieldgate-security-timer");
                    thread.setDaemon(true);
                    thread.setContextClassLoader(null);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** The file first: a token that nobody can read any more would be of no use, and this way the next start makes another. */
    private void makeAdminToken(Audit audit) throws IOException {
        String secret = ApiToken.PREFIX + Secrets.random(32);
        folder.write(ADMIN_TOKEN_FILE, (secret + "\n").getBytes(StandardCharsets.UTF_8));
        ApiToken token = new ApiToken(
                ADMIN_TOKEN, Role.ADMIN, Secrets.digest(secret), clock.instant(), Instant.MAX, Secrets.id());
        directory.change(content -> content.with(token));
        audit.record("gateway", "", "token create", ADMIN_TOKEN, Audit.Outcome.DONE);
        LOG.info("first start: {} holds the token of an admin; keep it secret", folder.file(ADMIN_TOKEN_FILE));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindSessions(Sessions service) {
        sessions.set(service);
    }

    void unbindSessions(Sessions service) {
        sessions.compareAndSet(service, null);
    }

    @Deactivate
    void deactivate() {
        directory.close();
        logins.close();
        queue.close();
        ticks.cancel(false);
        timer.shutdownNow();
    }

    Directory directory() {
        return directory;
    }

    Logins logins() {
        return logins;
    }

    Tickets tickets() {
        return tickets;
    }

    PasswordCheck passwords() {
        return passwords;
    }

    Duration loginLife() {
        return loginLife;
    }

    Instant now() {
        return clock.instant();
    }

    /** Notes that a token was presented. */
    void used(ApiToken token) {
        uses.put(token.stamp(), clock.instant());
    }

    Optional<Instant> lastUse(ApiToken token) {
        return Optional.ofNullable(uses.get(token.stamp()));
    }

    /** Tells whether what let a user in still stands. */
    boolean stands(User user) {
        if (user.grant().isEmpty()) {
            return true; // nothing was given, so nothing can be taken back
        }
        Grant grant = Grant.parse(user.grant()).orElse(null);
        if (grant == null) {
            return false;
        }
        return switch (grant.kind()) {
            case Grant.LOGIN -> logins.stands(grant.name(), user.name());
            case Grant.TOKEN ->
                directory
                        .token(grant.name())
                        .filter(token -> token.stamp().equals(grant.stamp()) && now().isBefore(token.end()))
                        .isPresent();
            case Grant.PASSWORD, Grant.CERTIFICATE ->
                directory
                        .user(grant.name())
                        .filter(account -> account.stamp().equals(grant.stamp()))
                        .isPresent();
            default -> false;
        };
    }

    /** Changes users and tokens, and ends what that takes back. */
    void change(UnaryOperator<Directory.Content> change) {
        directory.change(change);
        uses.keySet()
                .retainAll(directory.content().tokens().values().stream()
                        .map(ApiToken::stamp)
                        .toList());
        logins.dropEnded();
        watch.look();
    }

    /** Ends a login, and what it let in. */
    boolean endLogin(String id) {
        boolean ended = logins.end(id);
        watch.look();
        return ended;
    }

    /** Removes the file of a token that is revoked, if it lies in one. */
    void forgetAdminToken() {
        try {
            folder.delete(ADMIN_TOKEN_FILE);
        } catch (IOException e) {
            LOG.warn("{} could not be removed; the token in it is worth nothing any more", ADMIN_TOKEN_FILE, e);
        }
    }

    private boolean ended() {
        Instant now = clock.instant();
        boolean token = directory.tokenEnded(looked, now);
        boolean login = logins.dropEnded();
        looked = now;
        return token || login;
    }
}
