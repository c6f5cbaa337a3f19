package io.fieldgate.transport.http;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;

/** A request of a known user, as servlets ask for it. An anonymous user has a role, but neither name nor principal. */
final class KnownRequest extends HttpServletRequestWrapper {

    private final User user;

    KnownRequest(HttpServletRequest request, User user) {
        super(request);
        this.user = user;
    }

    /** Has {@link User#ATTRIBUTE} besides. A map for it would cost each request some memory. */
    @Override
    public Object getAttribute(String name) {
        return name.equals(User.ATTRIBUTE) ? user : super.getAttribute(name);
    }

    @Override
    public String getRemoteUser() {
        return isAnonymous() ? null : user.name();
    }

    @Override
    public Principal getUserPrincipal() {
        return isAnonymous() ? null : user::name;
    }

    /** Each role includes the ones before it. */
    @Override
    public boolean isUserInRole(String id) {
        for (Role role : Role.values()) {
            if (role.id().equals(id)) {
                return user.role().includes(role);
            }
        }
        return false;
    }

    private boolean isAnonymous() {
        return user.isAnonymous();
    }
}
