package io.fieldgate.shell;

import io.fieldgate.api.gateway.FailedFile;
import io.fieldgate.api.gateway.InstalledBundle;
import io.fieldgate.api.gateway.Installer;
import java.util.Locale;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shell command {@code fg:bundles}. */
@Component(service = BundleCommands.class)
@GogoCommand(scope = "fg", function = "bundles")
public final class BundleCommands {

    private static final String BUNDLES = """
            fg:bundles
            Lists the bundles with their state and where they come from, without the
            framework itself, then the files in deploy/ that could not be used, and why.
            A bundle is replaced while one of its name takes its place, from deploy/ or
            by an update, and on probation while a new version can still be rolled back.
            What felix:stop, felix:uninstall and felix:update do lasts until the next
            start only; what fg:update does and what is done in deploy/ lasts.""";

    private final Slot<Installer> installer = new Slot<>("io.fieldgate.installer");

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindInstaller(Installer service) {
        installer.set(service);
    }

    void unbindInstaller(Installer service) {
        installer.clear(service);
    }

    /**
     * Lists the bundles and the files that failed.
     *
     * @param session who asks
     * @param arguments none
     * @return a table, and a line a file
     * @throws Exception if the arguments are wrong, or the installer is not there
     */
    @Descriptor("list the bundles, and which files in deploy/ are not used")
    public String bundles(CommandSession session, @Descriptor(BUNDLES) String... arguments) throws Exception {
        Screen screen = Screen.of(session);
        return Usage.of(BUNDLES).answer(arguments, given -> list(screen, installer.orFail()));
    }

    private static String list(Screen screen, Installer service) {
        Table table =
                Table.of("ID", "STATE", "ORIGIN", "BUNDLE", "VERSION", "FILE").naming(3);
        for (InstalledBundle bundle : service.bundles()) {
            table.row(
                    bundle.id(),
                    lower(bundle.state()),
                    lower(bundle.origin()),
                    bundle.symbolicName(),
                    bundle.version(),
                    bundle.file().orElse(""));
        }
        StringBuilder text = new StringBuilder(screen.fit(table));
        for (FailedFile failed : service.failures()) {
            text.append("\ndeploy/").append(Table.printable(failed.file() + " is not used: " + failed.reason()));
        }
        return text.toString();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
