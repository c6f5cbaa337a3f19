package io.fieldgate.api.security;

import io.fieldgate.api.data.User;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Finds out who a client is. A service; where it is missing, nobody but this machine is served.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
@ProviderType
public interface Authenticator {

    /**
     * Name of the cookie of a login that came by TLS. The prefix makes browsers refuse it from anywhere else (RFC 6265bis,
     * 4.1.3.2).
     */
    String SECURE_COOKIE = "__Host-fieldgate";

    /** Name of the cookie of a login that came without TLS, which only this machine can. */
    String PLAIN_COOKIE = "fieldgate";

    /** Query parameter of a ticket, which stands for a login where a browser can set no header. */
    String TICKET_PARAMETER = "fieldgate-ticket";

    /** What an offered subprotocol begins with whose rest is a token: for pages whose browser sends no header of theirs. */
    String TOKEN_SUBPROTOCOL = "fieldgate.token.";

    /** Path of the login page, which everybody may see, with all below it. */
    String LOGIN_PAGE = "/login/";

    /** Path that takes the login form; everybody may post to it. */
    String LOGIN = "/api/login";

    /**
     * Looks at credentials. Returns at once. A password takes a while, and one is looked at at a time; all else is decided
     * before this returns. The answer takes as long for an unknown user as for a wrong password. A ticket is used up by it.
     *
     * <p>The stage never completes exceptionally, and within 10 s.
     *
     * @param credentials what the client presents
     * @param address the client's IP address, without a port; wrong passwords are counted by user and by address
     * @return the outcome
     */
    CompletionStage<Authentication> authenticate(Credentials credentials, String address);

    /**
     * Tells whether what let a user in still stands: the login has not ended, the token is not revoked or expired, the password
     * and the role are the same. Costs little; sessions and streams that live on are asked about again and again.
     *
     * @param user one who has been let in
     * @return false if what the user holds is to be ended
     */
    boolean stands(User user);

    /**
     * Tells what must be done before other machines may be served.
     *
     * @return one line that says what is missing and which command does it, or empty if nothing is
     */
    Optional<String> missing();
}
