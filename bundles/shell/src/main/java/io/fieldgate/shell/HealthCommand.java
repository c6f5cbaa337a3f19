package io.fieldgate.shell;

import io.fieldgate.api.gateway.Installer;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shell command {@code fg:health}. An upgrade of the whole gateway asks it before it stays. */
@Component(service = HealthCommand.class)
@GogoCommand(scope = "fg", function = "health")
public final class HealthCommand {

    private static final String HEALTH = """
            fg:health
            Says "healthy", or, with status 1, what keeps the gateway from being so:
            bundles that should run and do not, components that have failed or lack
            what they had, health checks tagged update that are not OK. It takes as
            long as the slowest of those, 10 s at most.""";

    private final Slot<Installer> installer = new Slot<>("io.fieldgate.installer");

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindInstaller(Installer service) {
        installer.set(service);
    }

    void unbindInstaller(Installer service) {
        installer.clear(service);
    }

    /**
     * Says whether the gateway is healthy.
     *
     * @param session who asks
     * @param arguments none
     * @return that it is
     * @throws Exception if the arguments are wrong, or it is not healthy
     */
    @Descriptor("say whether the gateway is healthy")
    public String health(CommandSession session, @Descriptor(HEALTH) String... arguments) throws Exception {
        return Usage.of(HEALTH).answer(arguments, given -> {
            List<String> complaints = installer.orFail().complaints();
            if (!complaints.isEmpty()) {
                throw new IllegalStateException("fg:health: " + Table.printable(String.join("; ", complaints)));
            }
            return "healthy";
        });
    }
}
