package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.security.Users;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands that make users and tokens; secrets of tests are none. */
@Component(
        service = UserCommands.class,
        property = {
            "osgi.command.scope=itest",
            "osgi.command.function=password",
            "osgi.command.function=token",
            "osgi.command.function=revoke"
        })
public final class UserCommands {

    private static final String BY = "itest";

    private final Users users;

    @Activate
    public UserCommands(@Reference Users users) {
        this.users = users;
    }

    public void password(String name, String password, String role) {
        users.setPassword(name, password, Optional.of(Role.of(role)), BY);
    }

    public String token(String name, String role) {
        return users.createToken(name, Role.of(role), Optional.empty(), BY);
    }

    public void revoke(String name) {
        users.revokeToken(name, BY);
    }
}
