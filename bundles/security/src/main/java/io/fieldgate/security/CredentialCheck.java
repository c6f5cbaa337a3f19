package io.fieldgate.security;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.security.Authentication;
import io.fieldgate.api.security.Authenticator;
import io.fieldgate.api.security.Credentials;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Finds out who a client is, by what the {@link Realm} knows. */
@Component
public final class CredentialCheck implements Authenticator {

    private final Realm realm;

    @Activate
    public CredentialCheck(@Reference Realm realm) {
        this.realm = realm;
    }

    @Override
    public CompletionStage<Authentication> authenticate(Credentials credentials, String address) {
        if (credentials instanceof Credentials.Password password) {
            return realm.passwords().check(password.name(), password.password(), address);
        }
        Authentication outcome =
                find(credentials).<Authentication>map(Authentication.Known::new).orElseGet(Authentication.Unknown::new);
        return CompletableFuture.completedStage(outcome);
    }

    private Optional<User> find(Credentials credentials) {
        if (credentials instanceof Credentials.Login login) {
            return realm.logins().find(login.secret());
        }
        if (credentials instanceof Credentials.Token token) {
            Optional<ApiToken> found = realm.directory().tokenOf(token.secret(), realm.now());
            found.ifPresent(known -> realm.used(known));
            return found.map(ApiToken::user);
        }
        if (credentials instanceof Credentials.Ticket ticket) {
            return realm.tickets().take(ticket.secret()).filter(realm::stands);
        }
        if (credentials instanceof Credentials.Certificate certificate) {
            return commonName(certificate.certificate())
                    .flatMap(realm.directory()::user)
                    .map(user -> new User(
                            user.name(), user.role(), new Grant(Grant.CERTIFICATE, user.name(), user.stamp()).text()));
        }
        return Optional.empty();
    }

    /** The one common name of the subject (RFC 4519, 2.3); of two it would not be sure which is meant. */
    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            List<Rdn> rdns = new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
            List<String> names = rdns.stream()
                    .map(Rdn::toAttributes)
                    .map(attributes -> attributes.get("CN"))
                    .filter(attribute -> attribute != null)
                    .map(CredentialCheck::onlyText)
                    .toList();
            return names.size() == 1 && !names.get(0).isEmpty() ? Optional.of(names.get(0)) : Optional.empty();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    private static String onlyText(javax.naming.directory.Attribute attribute) {
        try {
            return attribute.size() == 1 && attribute.get() instanceof String text ? text : "";
        } catch (javax.naming.NamingException e) {
            return "";
        }
    }

    @Override
    public boolean stands(User user) {
        return realm.stands(user);
    }

    @Override
    public Optional<String> missing() {
        boolean admin =
                realm.directory().content().users().values().stream().anyMatch(user -> user.role() == Role.ADMIN);
        return admin
                ? Optional.empty()
                : Optional.of(
                        "no admin has a password: run 'fieldgate setup', or 'fieldgate passwd NAME --role admin'");
    }
}
