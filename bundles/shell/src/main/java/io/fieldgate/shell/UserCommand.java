package io.fieldgate.shell;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.security.UserInfo;
import io.fieldgate.api.security.Users;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shell command {@code fg:user}. */
@Component(service = UserCommand.class)
@GogoCommand(scope = "fg", function = "user")
public final class UserCommand {

    static final List<String> VERBS = List.of("list", "role", "remove");

    static final String USER = """
            fg:user list|role|remove [NAME] [ROLE]
            Administers the users; fg:passwd makes one. What a change takes back ends
            within 2 s: sockets, streams and logins of that user.
              list    the users, with their role, the age of their password, how often
                      they are logged in, and for how long they are locked out
              role    gives the user NAME the role ROLE: viewer, operator or admin
              remove  removes the user NAME""";

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
    public UserCommand() {
        this(Clock.systemUTC());
    }

    UserCommand(Clock clock) {
        this.clock = clock;
    }

    /**
     * Administers the users.
     *
     * @param session who asks
     * @param arguments what to do, and with whom
     * @return a table, or a line that says what was done
     * @throws Exception if the arguments are wrong, or security is not there
     */
    @Descriptor("list the users, change a role, remove a user")
    public String user(CommandSession session, @Descriptor(USER) String... arguments) throws Exception {
        return Usage.of(USER).answer(arguments, given -> {
            Verb verb = Verb.of(given, VERBS);
            return switch (verb.name()) {
                case "list" -> {
                    verb.takes();
                    yield Screen.of(session).fit(list());
                }
                case "role" -> role(session, verb.takes("NAME", "ROLE"));
                default -> remove(session, verb.takes("NAME").get(0));
            };
        });
    }

    private Table list() {
        Instant now = clock.instant();
        Table table = Table.of("USER", "ROLE", "PASSWORD", "LOGINS", "LOCKED").naming(0);
        for (UserInfo user : users.orFail().users()) {
            table.row(
                    user.name(),
                    user.role().id(),
                    Age.between(user.passwordSet(), now),
                    user.logins(),
                    user.lockedUntil()
                            .filter(now::isBefore)
                            .map(end -> Age.between(now, end))
                            .orElse("no"));
        }
        return table;
    }

    private String role(CommandSession session, List<String> words) {
        Role role = Role.of(words.get(1));
        users.orFail().setRole(words.get(0), role, Client.of(session).caller().name());
        return words.get(0) + " has the role " + role.id();
    }

    private String remove(CommandSession session, String name) {
        users.orFail().removeUser(name, Client.of(session).caller().name());
        return name + " is no user any more";
    }
}
