package io.fieldgate.shell;

import io.fieldgate.api.security.Audit;
import java.util.List;
import java.util.Locale;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shell command {@code fg:loglevel}. */
@Component(service = LogLevelCommand.class)
@GogoCommand(scope = "fg", function = "loglevel")
public final class LogLevelCommand {

    private static final String LOGLEVEL = """
            fg:loglevel [LOGGER] [LEVEL]
            Lists the loggers that have a level of their own and those whose level was
            changed here; or shows what counts for one logger; or sets its level. What is
            set here lasts until the next start of the gateway, also if this bundle is
            updated. It reaches the log files; standard error shows no more than before.
              LOGGER  as in the log, with all below it: io.fieldgate.core; root for all
              LEVEL   error, warn, info, debug or trace; default for what it was at the
                      start""";

    private final LogLevels levels = new LogLevels();
    private final Slot<Audit> audit = new Slot<>("io.fieldgate.security");

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAudit(Audit service) {
        audit.set(service);
    }

    void unbindAudit(Audit service) {
        audit.clear(service);
    }

    /**
     * Shows or sets levels.
     *
     * @param session who asks
     * @param arguments maybe a logger and a level
     * @return a table, or a line
     * @throws Exception if the arguments are wrong
     */
    @Descriptor("show or set what is logged, until the next start")
    public String loglevel(CommandSession session, @Descriptor(LOGLEVEL) String... arguments) throws Exception {
        Screen screen = Screen.of(session);
        return Usage.of(LOGLEVEL).answer(arguments, given -> {
            List<String> words = given.operands();
            return switch (words.size()) {
                case 0 -> screen.fit(list());
                case 1 -> show(words.get(0));
                default ->
                    Deed.of(audit, session, "loglevel")
                            .on(String.join(" ", words), () -> set(logger(words.get(0)), words.get(1)));
            };
        });
    }

    private String show(String logger) {
        if (LogLevel.named(logger).isPresent()) {
            throw new IllegalArgumentException("a LOGGER is needed before the level " + logger + "; root for all");
        }
        return logger + " logs " + levels.effective(logger(logger)).id() + " and worse";
    }

    private Table list() {
        Table table = Table.of("LOGGER", "LEVEL", "DEFAULT").naming(0);
        for (String logger : levels.own()) {
            table.row(
                    logger.isEmpty() ? LogLevels.ROOT : logger,
                    levels.effective(logger).id(),
                    levels.before(logger));
        }
        return table;
    }

    private String set(String logger, String level) {
        String shown = logger.isEmpty() ? LogLevels.ROOT : logger;
        if (level.toLowerCase(Locale.ROOT).equals(LogLevels.DEFAULT)) {
            levels.reset(logger);
            return shown + " logs " + levels.effective(logger).id() + " and worse again";
        }
        levels.set(
                logger,
                LogLevel.named(level)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "a level is error, warn, info, debug, trace or default, got \"" + level + '"')));
        return shown + " logs " + levels.effective(logger).id() + " and worse until the next start";
    }

    private static String logger(String text) {
        if (!text.matches("[\\w.$-]+")) {
            throw new IllegalArgumentException(
                    "a logger is root or a name as in the log, such as io.fieldgate.core, got \"" + text + '"');
        }
        return text.equals(LogLevels.ROOT) ? "" : text;
    }
}
