package io.fieldgate.shell;

import io.fieldgate.api.gateway.FailedFile;
import io.fieldgate.api.gateway.InstalledBundle;
import io.fieldgate.api.gateway.Installer;
import java.util.Locale;
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
     * @return a table, and a line a file
     */
    @Descriptor("list the bundles with where they come from, and the files in deploy/ that could not be used")
    public String bundles() {
        Installer service = installer.orFail();
        Table table = Table.of("ID", "STATE", "ORIGIN", "BUNDLE", "VERSION", "FILE");
        for (InstalledBundle bundle : service.bundles()) {
            table.row(
                    bundle.id(),
                    lower(bundle.state()),
                    lower(bundle.origin()),
                    bundle.symbolicName(),
                    bundle.version(),
                    bundle.file().orElse(""));
        }
        StringBuilder text = new StringBuilder(table.toString());
        for (FailedFile failed : service.failures()) {
            text.append("\ndeploy/").append(Table.printable(failed.file() + " is not used: " + failed.reason()));
        }
        return text.toString();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
