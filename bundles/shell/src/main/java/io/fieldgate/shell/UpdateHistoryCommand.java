package io.fieldgate.shell;

import io.fieldgate.api.gateway.Installer;
import io.fieldgate.api.gateway.Update;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shell command {@code fg:history}. */
@Component(service = UpdateHistoryCommand.class)
@GogoCommand(scope = "fg", function = "history")
public final class UpdateHistoryCommand {

    static final String HISTORY = """
            fg:history [--update ID] [-f] [--json] [NAME]
            Lists the updates, the newest first: those that are under way or wait for
            their turn, and the last 100 that have ended. The time is when an update came
            to its state, in UTC.
              --update ID   only the update of this number
              -f, --follow  with --update: waits for its end and prints each state; it
                            fails unless the update is committed
              --json        prints one object instead
              NAME          only updates of the bundle of this symbolic name""";

    private static final int ID_MAX = Integer.MAX_VALUE;

    private final Slot<Installer> installer = new Slot<>("io.fieldgate.installer");

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindInstaller(Installer service) {
        installer.set(service);
    }

    void unbindInstaller(Installer service) {
        installer.clear(service);
    }

    /**
     * Lists updates, or waits for the end of one.
     *
     * @param session who asks
     * @param arguments options and a name
     * @throws Exception if the arguments are wrong, the installer is not there, or the update that was waited for is not committed
     */
    @Descriptor("list the updates, or wait for the end of one")
    public void history(CommandSession session, @Descriptor(HISTORY) String... arguments) throws Exception {
        Screen screen = Screen.of(session);
        Usage.of(HISTORY).run(screen, arguments, given -> {
            boolean json = given.has("--json");
            int id = given.number("--update", 1, ID_MAX, 0);
            Optional<String> name = given.operands().stream().findFirst();
            if (id > 0 && name.isPresent()) {
                throw new IllegalArgumentException("it takes a NAME or --update ID");
            }
            if (given.has("--follow")) {
                if (id == 0) {
                    throw new IllegalArgumentException("--follow needs --update ID");
                }
                UpdateEnd.await("fg:history", screen, new UpdateWatch(installer, id), json);
                return "";
            }
            Installer service = installer.orFail();
            if (id > 0) {
                Update update = UpdateWatch.find(service, id);
                return json ? UpdateText.json(update) : screen.fit(table(List.of(update)));
            }
            List<Update> updates = service.updates().stream()
                    .filter(update -> name.isEmpty() || concerns(update, name.get()))
                    .toList();
            return json ? UpdateText.json(updates) : screen.fit(table(updates));
        });
    }

    private static boolean concerns(Update update, String name) {
        return update.parts().stream().anyMatch(part -> part.symbolicName().equals(name));
    }

    private static Table table(List<Update> updates) {
        Table table = Table.ofSentences("ID", "STATE", "TIME", "BY", "DETAIL").naming(1, 2, 3);
        for (Update update : updates) {
            table.row(
                    update.id(),
                    UpdateText.state(update.state()),
                    update.changed().truncatedTo(ChronoUnit.SECONDS),
                    update.by(),
                    UpdateText.parts(update)
                            + update.reason().map(reason -> "; " + reason).orElse(""));
        }
        return table;
    }
}
