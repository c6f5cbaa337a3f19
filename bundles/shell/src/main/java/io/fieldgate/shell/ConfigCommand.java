package io.fieldgate.shell;

import io.fieldgate.api.gateway.ConfigurationFile;
import io.fieldgate.api.gateway.Configurations;
import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.api.security.Audit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shell command {@code fg:config}. */
@Component(service = ConfigCommand.class)
@GogoCommand(scope = "fg", function = "config")
public final class ConfigCommand {

    static final List<String> VERBS = List.of("list", "check", "confirm");

    static final String CONFIG = """
            fg:config list|check|confirm [FILE]
            Says how the configuration files are, and keeps a change. One that could lock
            out who made it, such as of the port, is taken back after a minute, in the
            file too, unless it is confirmed.
              list     the files of etc/: applied, unconfirmed, refused, or waiting for a
                       bundle that knows what they configure; and what is wrong
              check    says what is wrong with FILE, which is not applied, or else with
                       the files of etc/; status 1 if anything is
              confirm  keeps the changes that wait for it
              FILE     its name says what it configures, as in etc/; a relative path goes
                       from etc/""";

    private final Slot<Configurations> configurations = new Slot<>("io.fieldgate.config");
    private final Slot<Audit> audit = new Slot<>("io.fieldgate.security");
    private final Path etc;
    private final Clock clock;

    /**
     * Made by the framework.
     *
     * @param context this bundle's context
     */
    @Activate
    public ConfigCommand(BundleContext context) {
        this(Path.of(String.valueOf(context.getProperty(Gateway.HOME)), "etc"), Clock.systemUTC());
    }

    ConfigCommand(Path etc, Clock clock) {
        this.etc = etc;
        this.clock = clock;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindConfigurations(Configurations service) {
        configurations.set(service);
    }

    void unbindConfigurations(Configurations service) {
        configurations.clear(service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAudit(Audit service) {
        audit.set(service);
    }

    void unbindAudit(Audit service) {
        audit.clear(service);
    }

    /**
     * Says how the configuration files are, or keeps a change.
     *
     * @param session who asks
     * @param arguments what to do
     * @return a table, or a line that says what was found or done
     * @throws Exception if the arguments are wrong, the bundle is not there, or a file that was checked will not do
     */
    @Descriptor("list and check configuration files, and keep a change")
    public String config(CommandSession session, @Descriptor(CONFIG) String... arguments) throws Exception {
        return Usage.of(CONFIG).answer(arguments, given -> {
            Verb verb = Verb.of(given, VERBS);
            return switch (verb.name()) {
                case "list" -> {
                    verb.takes();
                    yield Screen.of(session).fit(list());
                }
                case "check" ->
                    verb.words().isEmpty()
                            ? checkAll()
                            : check(verb.takes("FILE").get(0));
                default -> {
                    verb.takes();
                    yield Deed.of(audit, session, "config confirm").on("", this::confirm);
                }
            };
        });
    }

    private Table list() {
        Instant now = clock.instant();
        Table table = Table.ofSentences("FILE", "STATE", "DETAIL").naming(0);
        for (ConfigurationFile file : configurations.orFail().files()) {
            String back = file.revertsAt()
                    .map(end -> "taken back in " + Age.between(now, end) + " unless confirmed")
                    .orElse("");
            table.row(
                    file.name(),
                    file.state().name().toLowerCase(Locale.ROOT),
                    back.isEmpty() ? String.join("; ", file.problems()) : back);
        }
        return table;
    }

    private String check(String text) throws IOException {
        Path file = etc.resolve(text);
        List<String> problems = configurations.orFail().check(file);
        if (!problems.isEmpty()) {
            throw new IllegalStateException("fg:config: " + text + ": " + String.join("; ", problems));
        }
        return text + " could be applied";
    }

    private String checkAll() {
        List<String> problems = new ArrayList<>();
        for (ConfigurationFile file : configurations.orFail().files()) {
            if (file.state() == ConfigurationFile.State.REFUSED) {
                problems.add(file.name() + ": " + String.join("; ", file.problems()));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("fg:config: " + String.join("; ", problems));
        }
        return "no file of etc/ is refused";
    }

    private String confirm() {
        List<String> kept = configurations.orFail().confirm();
        return kept.isEmpty() ? "nothing waits to be confirmed" : "kept: " + String.join(", ", kept);
    }
}
