package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.security.Users;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes users, all with one password. */
@Component(service = SeededUsers.class, immediate = true)
public final class SeededUsers {

    public static final String PASSWORD = "correct horse battery";
    public static final String OPERATOR = "anna";
    public static final String ANOTHER_OPERATOR = "otto";
    public static final String VIEWER = "vera";

    @Activate
    public SeededUsers(@Reference Users users) {
        for (String name : List.of(OPERATOR, ANOTHER_OPERATOR, VIEWER)) {
            users.setPassword(
                    name, PASSWORD, Optional.of(name.equals(VIEWER) ? Role.VIEWER : Role.OPERATOR), "gateway");
        }
    }
}
