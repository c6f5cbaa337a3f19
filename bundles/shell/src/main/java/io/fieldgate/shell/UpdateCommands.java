package io.fieldgate.shell;

import io.fieldgate.api.gateway.Gateway;
import io.fieldgate.api.gateway.Installer;
import io.fieldgate.api.gateway.StagedBundle;
import io.fieldgate.api.gateway.Update;
import io.fieldgate.api.gateway.UpdateException;
import io.fieldgate.api.gateway.UpdateOptions;
import io.fieldgate.api.security.Audit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shell commands {@code fg:update} and {@code fg:rollback}: what changes which versions run. */
@Component(service = UpdateCommands.class)
@GogoCommand(
        scope = "fg",
        function = {"update", "rollback"})
public final class UpdateCommands {

    static final String UPDATE = """
            fg:update [--allow-downgrade] [--allow-refresh] [--json] [--no-wait] PATH…
            Replaces bundles, all or none, and prints each state as it passes: staged,
            verified, activating, probation, committed; or rolled back or refused, with
            the reason. It fails unless they are committed. Ctrl-C ends the waiting and
            not the update.
              PATH               a jar on the gateway's machine; a relative path goes from
                                 the home
              --allow-downgrade  takes lower versions than those that run
              --allow-refresh    takes it that others restart, which are wired to them
              --json             prints one object at the end instead
              --no-wait          returns when the update is under way or waits for its
                                 turn; fg:history -f --update tells how it goes on""";

    static final String ROLLBACK = """
            fg:rollback [--allow-refresh] [--json] [--no-wait] NAME
            Goes back to the version before of a bundle: that of the update before, or
            the one that was shipped. It goes like any update and is printed like one.
              NAME             the bundle's symbolic name
              --allow-refresh  takes it that others restart, which are wired to it
              --json           prints one object at the end instead
              --no-wait        returns when it is under way or waits for its turn""";

    private final Slot<Installer> installer = new Slot<>("io.fieldgate.installer");
    private final Slot<Audit> audit = new Slot<>("io.fieldgate.security");
    private final Path home;

    /** Asks for an update. */
    private interface Asking {

        Update of(Installer service) throws Exception;
    }

    /**
     * Made by the framework.
     *
     * @param context this bundle's context
     */
    @Activate
    public UpdateCommands(BundleContext context) {
        this(Path.of(String.valueOf(context.getProperty(Gateway.HOME))));
    }

    UpdateCommands(Path home) {
        this.home = home;
    }

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
     * Replaces bundles.
     *
     * @param session who asks
     * @param arguments options and paths
     * @throws Exception if the arguments are wrong, the installer is not there, or the update is not committed
     */
    @Descriptor("replace bundles by other versions, all or none")
    public void update(CommandSession session, @Descriptor(UPDATE) String... arguments) throws Exception {
        Screen screen = Screen.of(session);
        Usage.of(UPDATE).run(screen, arguments, given -> {
            UpdateOptions asked = options(session, given);
            UpdateOptions options = given.has("--allow-downgrade") ? asked.allowingDowngrade() : asked;
            return carry("fg:update", screen, given, service -> update(session, service, given.operands(), options));
        });
    }

    /**
     * Goes back to the version before.
     *
     * @param session who asks
     * @param arguments options and the name
     * @throws Exception if the arguments are wrong, the installer is not there, or the version before does not run at the end
     */
    @Descriptor("go back to the version before of a bundle")
    public void rollback(CommandSession session, @Descriptor(ROLLBACK) String... arguments) throws Exception {
        Screen screen = Screen.of(session);
        Usage.of(ROLLBACK).run(screen, arguments, given -> {
            String name = given.operands().get(0);
            UpdateOptions options = options(session, given);
            return carry(
                    "fg:rollback",
                    screen,
                    given,
                    service -> Deed.of(audit, session, "rollback").on(name, () -> service.rollback(name, options)));
        });
    }

    private Update update(CommandSession session, Installer service, List<String> paths, UpdateOptions options)
            throws Exception {
        List<StagedBundle> staged = new ArrayList<>();
        try {
            for (String path : paths) {
                staged.add(stage(service, path));
            }
            String subject = staged.stream()
                    .map(bundle -> bundle.symbolicName() + ' ' + bundle.version())
                    .collect(Collectors.joining(", "));
            return Deed.of(audit, session, "update").on(subject, () -> service.update(staged, options));
        } finally {
            staged.forEach(StagedBundle::close);
        }
    }

    private StagedBundle stage(Installer service, String path) throws UpdateException {
        Path file = home.resolve(path);
        // Anything else, such as a pipe, might never come to its end.
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(path + (Files.exists(file) ? " is not a file" : " does not exist"));
        }
        try (InputStream jar = Files.newInputStream(file)) {
            return service.stage(jar);
        } catch (UpdateException e) {
            throw new UpdateException(e.reason(), path + ": " + e.getMessage(), e);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException("the gateway has no permission to read " + path, e);
        } catch (IOException e) {
            throw new IllegalStateException("fg:update: " + path + " could not be taken in: " + e.getMessage(), e);
        }
    }

    private static UpdateOptions options(CommandSession session, Arguments given) {
        Caller caller = Client.of(session).caller();
        UpdateOptions options = UpdateOptions.of(caller.name(), caller.address());
        if (caller.address().isEmpty()) {
            options = options.onThisMachine();
        }
        return given.has("--allow-refresh") ? options.allowingRefresh() : options;
    }

    private String carry(String command, Screen screen, Arguments given, Asking asking) throws Exception {
        Update update;
        try {
            update = asking.of(installer.orFail());
        } catch (UpdateException e) {
            throw new IllegalStateException(command + ": " + e.getMessage(), e);
        }
        boolean json = given.has("--json");
        if (given.has("--no-wait")) {
            return json ? UpdateText.json(update) : UpdateText.line(update);
        }
        if (!json) {
            screen.out().println(UpdateText.line(update));
        }
        UpdateEnd.await(command, screen, new UpdateWatch(installer, update.id()), json);
        return "";
    }
}
