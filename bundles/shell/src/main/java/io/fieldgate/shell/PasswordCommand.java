package io.fieldgate.shell;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.security.Users;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shell command {@code fg:passwd}. */
@Component(service = PasswordCommand.class)
@GogoCommand(scope = "fg", function = "passwd")
public final class PasswordCommand {

    static final String PASSWD = """
            fg:passwd [--role ROLE] [NAME]
            Sets a user's password, and makes the user if there is none of that name. It
            is asked for twice, nothing of it is shown, and it is never part of a command.
            What that user had open is closed, and must log in again.
              --role ROLE  viewer, operator or admin; without it the role stays, and who
                           is new is a viewer
              NAME         of a to z, 0 to 9, . _ and -; admin unless given, who is made
                           with the role admin""";

    private static final String ADMIN = "admin";

    private final Slot<Users> users = new Slot<>("io.fieldgate.security");

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindUsers(Users service) {
        users.set(service);
    }

    void unbindUsers(Users service) {
        users.clear(service);
    }

    /**
     * Sets a user's password.
     *
     * @param session who asks
     * @param arguments maybe a name and a role
     * @return a line that says what was done
     * @throws Exception if the arguments are wrong, security is not there, or the password will not do
     */
    @Descriptor("set a user's password, or make a user")
    public String passwd(CommandSession session, @Descriptor(PASSWD) String... arguments) throws Exception {
        return Usage.of(PASSWD).answer(arguments, given -> {
            Optional<Role> role = given.value("--role").map(Role::of);
            String name = given.operands().isEmpty() ? ADMIN : given.operands().get(0);
            Users service = users.orFail();
            Client client = Client.of(session);
            boolean known = isKnown(service, name);
            Optional<Role> next =
                    role.isEmpty() && !known && given.operands().isEmpty() ? Optional.of(Role.ADMIN) : role;
            service.setPassword(
                    name,
                    client.passwords().next(Table.printable(name)).text(),
                    next,
                    client.caller().name());
            return known
                    ? name + " has a new password"
                            + next.map(now -> " and the role " + now.id()).orElse("")
                    : name + " is a user now, with the role "
                            + next.orElse(Role.VIEWER).id();
        });
    }

    private static boolean isKnown(Users service, String name) {
        return service.users().stream().anyMatch(user -> user.name().equals(name));
    }
}
