package io.fieldgate.transport.http.served;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.security.Audit;
import io.fieldgate.api.security.Authentication;
import io.fieldgate.api.security.Authenticator;
import io.fieldgate.api.security.Credentials;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Knows a few users. Those with a name for a secret are good once or always; the token {@code decide} decides on the passwords that wait,
 * {@code revoke-GRANT} takes back a grant, and the user of the token {@code audit} has what was written down for a name.
 */
public final class ServedSecurity implements BundleActivator, Authenticator, Audit {

    private static final Authentication UNKNOWN = new Authentication.Unknown();

    private final Queue<CompletableFuture<Authentication>> waiting = new ConcurrentLinkedQueue<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    @Override
    public void start(BundleContext context) {
        context.registerService(new String[] {Authenticator.class.getName(), Audit.class.getName()}, this, null);
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the services back
    }

    @Override
    public CompletionStage<Authentication> authenticate(Credentials credentials, String address) {
        if (credentials instanceof Credentials.Password password) {
            return password(password);
        }
        Authentication outcome = UNKNOWN;
        if (credentials instanceof Credentials.Token token) {
            outcome = token(token.secret());
        } else if (credentials instanceof Credentials.Login login
                && login.secret().equals("anna")) {
            outcome = known("anna", Role.ADMIN, "login:1");
        } else if (credentials instanceof Credentials.Ticket ticket && used.add(ticket.secret())) {
            outcome = known("ticket-" + ticket.secret(), Role.VIEWER, "login:2");
        }
        return CompletableFuture.completedFuture(outcome);
    }

    private CompletionStage<Authentication> password(Credentials.Password password) {
        if (password.password().equals("later")) {
            return CompletableFuture.completedFuture(new Authentication.Later(Duration.ofMillis(4500)));
        }
        CompletableFuture<Authentication> outcome = new CompletableFuture<>();
        waiting.add(outcome);
        return outcome;
    }

    private Authentication token(String secret) {
        if (secret.startsWith("revoke-")) {
            revoked.add(secret.substring("revoke-".length()));
        }
        if (secret.equals("decide")) {
            boolean good = false;
            for (CompletableFuture<Authentication> one = waiting.poll(); one != null; one = waiting.poll()) {
                good = !good;
                one.complete(good ? known("bob", Role.OPERATOR, "password:bob") : UNKNOWN);
            }
        }
        return switch (secret) {
            case "ci", "other" -> known("token:" + secret, Role.OPERATOR, "token:" + secret);
            case "guest" -> known("token:guest", Role.VIEWER, "token:guest");
            case "audit" -> known(String.join(" | ", lines), Role.ADMIN, "token:audit");
            case "waiting" -> known(waiting.size() + " wait", Role.ADMIN, "token:waiting");
            default ->
                secret.equals("decide") || secret.startsWith("revoke-")
                        ? known("token:" + secret, Role.ADMIN, "token:" + secret)
                        : UNKNOWN;
        };
    }

    private static Authentication known(String name, Role role, String grant) {
        return new Authentication.Known(new User(name, role, grant));
    }

    @Override
    public boolean stands(User user) {
        return !revoked.contains(user.grant());
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public void record(String who, String from, String action, String subject, Outcome outcome) {
        lines.add(who + ' ' + from + ' ' + action + ' ' + subject + ' ' + outcome);
    }
}
