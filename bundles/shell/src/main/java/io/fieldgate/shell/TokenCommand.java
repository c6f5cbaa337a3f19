package io.fieldgate.shell;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.security.TokenInfo;
import io.fieldgate.api.security.Users;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shell command {@code fg:token}. */
@Component(service = TokenCommand.class)
@GogoCommand(scope = "fg", function = "token")
public final class TokenCommand {

    static final List<String> VERBS = List.of("create", "list", "revoke");

    static final String TOKEN = """
            fg:token create|list|revoke [--role ROLE] [--expires TIME] [NAME]
            Administers the tokens that programs present: Authorization: Bearer TOKEN.
              create          makes the token NAME and prints it, this once: the gateway
                              keeps no more than a hash of it
              list            the tokens, with their role, age, end and last use
              revoke          takes the token NAME back; what it let in ends within 2 s
              --role ROLE     of a new one: viewer, operator or admin; viewer unless given
              --expires TIME  of a new one: after so many minutes, hours or days, such as
                              30m, 12h or 90d; never unless given""";

    private static final Pattern TIME = Pattern.compile("(\\d{1,5})([mhd])");

    private final Slot<Users> users = new Slot<>("io.fieldgate.security");

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindUsers(Users service) {
        users.set(service);
    }

    void unbindUsers(Users service) {
        users.clear(service);
    }

    private final Clock clock;

    /** Made by the framework. */
    @Activate
    public TokenCommand() {
        this(Clock.systemUTC());
    }

    TokenCommand(Clock clock) {
        this.clock = clock;
    }

    /**
     * Administers the tokens.
     *
     * @param session who asks
     * @param arguments what to do, and with which
     * @return a token, a table, or a line that says what was done
     * @throws Exception if the arguments are wrong, or security is not there
     */
    @Descriptor("make, list and revoke the tokens of programs")
    public String token(CommandSession session, @Descriptor(TOKEN) String... arguments) throws Exception {
        return Usage.of(TOKEN).answer(arguments, given -> {
            Verb verb = Verb.of(given, VERBS);
            if (!verb.name().equals("create") && !given.options().isEmpty()) {
                throw new IllegalArgumentException("--role and --expires are for create");
            }
            return switch (verb.name()) {
                case "list" -> {
                    verb.takes();
                    yield Screen.of(session).fit(list());
                }
                case "create" -> create(session, verb.takes("NAME").get(0), given);
                default -> revoke(session, verb.takes("NAME").get(0));
            };
        });
    }

    private Table list() {
        Instant now = clock.instant();
        Table table = Table.of("TOKEN", "ROLE", "AGE", "ENDS", "USED").naming(0);
        for (TokenInfo token : users.orFail().tokens()) {
            table.row(
                    token.name(),
                    token.role().id(),
                    Age.between(token.created(), now),
                    token.expires().map(end -> ends(now, end)).orElse("never"),
                    token.lastUsed()
                            .map(last -> Age.between(last, now) + " ago")
                            .orElse("not since the start"));
        }
        return table;
    }

    private static String ends(Instant now, Instant end) {
        return now.isBefore(end) ? "in " + Age.between(now, end) : "has ended";
    }

    private String create(CommandSession session, String name, Arguments given) {
        return users.orFail()
                .createToken(
                        name,
                        given.value("--role").map(Role::of).orElse(Role.VIEWER),
                        given.value("--expires").map(time -> clock.instant().plus(time(time))),
                        Client.of(session).caller().name());
    }

    private static Duration time(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new IllegalArgumentException("--expires takes such as 30m, 12h or 90d, got \"" + text + '"');
        }
        long count = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private String revoke(CommandSession session, String name) {
        users.orFail().revokeToken(name, Client.of(session).caller().name());
        return "the token " + name + " is revoked";
    }
}
