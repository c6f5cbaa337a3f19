package io.fieldgate.shell;

import io.fieldgate.api.gateway.Installer;
import io.fieldgate.api.gateway.UpdateOptions;
import io.fieldgate.api.security.Audit;
import java.nio.file.Path;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shell command {@code fg:verify}. */
@Component(service = VerifyCommand.class)
@GogoCommand(scope = "fg", function = "verify")
public final class VerifyCommand {

    private static final String VERIFY = """
            fg:verify FILE
            Checks the signature of a file that is no bundle, such as a distribution of
            the gateway. Says who has signed it; status 1, with the reason, if the file
            must not be used.
              FILE  the file, absolute; beside it lies the signature, FILE.sig, as
                    'fieldgate sign' makes it""";

    private final Slot<Installer> installer = new Slot<>("io.fieldgate.installer");
    private final Slot<Audit> audit = new Slot<>("io.fieldgate.security");

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindInstaller(Installer service) {
        installer.set(service);
    }

    void unbindInstaller(Installer service) {
        installer.clear(service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAudit(Audit service) {
        audit.set(service);
    }

    void unbindAudit(Audit service) {
        audit.clear(service);
    }

    /**
     * Checks a signature.
     *
     * @param session who asks
     * @param arguments the file
     * @return who has signed it
     * @throws Exception if the arguments are wrong, the file cannot be read or must not be used
     */
    @Descriptor("check the signature of a file that is no bundle")
    public String verify(CommandSession session, @Descriptor(VERIFY) String... arguments) throws Exception {
        return Usage.of(VERIFY).answer(arguments, given -> {
            Path file = Path.of(given.operands().get(0));
            Path signature = file.resolveSibling(file.getFileName() + ".sig");
            Installer service = installer.orFail();
            UpdateOptions options = options(Client.of(session).caller());
            return Deed.of(audit, session, "verify")
                    .on(file.getFileName().toString(), () -> service.verify(file, signature, options))
                    .map(signer -> "signed by " + Table.printable(signer))
                    .orElse("not signed, and need not be: no certificate is trusted here");
        });
    }

    private static UpdateOptions options(Caller caller) {
        UpdateOptions options = UpdateOptions.of(caller.name(), caller.address());
        return caller.address().isEmpty() ? options.onThisMachine() : options;
    }
}
