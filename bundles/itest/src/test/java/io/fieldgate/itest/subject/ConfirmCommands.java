package io.fieldgate.itest.subject;

import io.fieldgate.api.gateway.ConfigurationFile;
import io.fieldgate.api.gateway.Configurations;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The service for configuration files as shell commands, without what makes them pleasant. */
@Component(
        service = ConfirmCommands.class,
        property = {"osgi.command.scope=itest", "osgi.command.function=keep", "osgi.command.function=states"})
public final class ConfirmCommands {

    private final Configurations configurations;

    @Activate
    public ConfirmCommands(@Reference Configurations configurations) {
        this.configurations = configurations;
    }

    public String keep() {
        return String.join(" ", configurations.confirm());
    }

    public String states() {
        return configurations.files().stream().map(ConfirmCommands::line).collect(Collectors.joining("\n"));
    }

    private static String line(ConfigurationFile file) {
        return file.name() + " " + file.state() + " " + file.problems();
    }
}
